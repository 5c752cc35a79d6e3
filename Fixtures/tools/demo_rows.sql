-- Rows of a small shop: 200 customers, 60 products, 500 orders, 384 reviews. Nobody has written a
-- gift message yet.
INSERT INTO customers (email, first_name, last_name, phone)
SELECT format('customer%s@example.com', n),
       (ARRAY['Ada', 'Bela', 'Cem', 'Dilek', 'Emil'])[1 + n % 5],
       (ARRAY['Vogel', 'Okafor', 'Lindt', 'Sommer'])[1 + n % 4],
       CASE WHEN n % 3 = 0 THEN '+49 30 ' || 100000 + n END
FROM generate_series(1, 200) AS n;

INSERT INTO addresses (customer_id, street, zip, city)
SELECT id, format('Ahornweg %s', id), lpad((10000 + id)::text, 5, '0'), 'Berlin' FROM customers;

INSERT INTO categories (name, position)
VALUES ('Kitchen', 1), ('Garden', 2), ('Office', 3), ('Toys', 4);

INSERT INTO products (category_id, sku, name, price, tags)
SELECT 1 + n % 4, 'SKU-' || lpad(n::text, 4, '0'), 'Product ' || n, 4.90 + n,
       CASE WHEN n % 5 = 0 THEN ARRAY['sale'] ELSE '{}' END
FROM generate_series(1, 60) AS n;

INSERT INTO inventory.stock_levels (warehouse, product_id, on_hand, reserved)
SELECT code, id, 3 * id % 50, id % 3 FROM products CROSS JOIN inventory.warehouses;

INSERT INTO coupons (code, kind, value) VALUES ('WELCOME', 'percent', 10), ('SORRY', 'amount', 5);

INSERT INTO orders (customer_id, shipping_address_id, status, coupon_id)
SELECT 1 + n % 200, 1 + n % 200,
       (ARRAY['new', 'paid', 'shipped', 'refunded']::order_status[])[1 + n % 4],
       CASE WHEN n % 25 = 0 THEN 1 END
FROM generate_series(1, 500) AS n;

INSERT INTO order_items (order_id, line_no, product_id, quantity, unit_price)
SELECT o.id, line, 1 + (o.id * line) % 60, line, p.price
FROM orders AS o
CROSS JOIN generate_series(1, 2) AS line
JOIN products AS p ON p.id = 1 + (o.id * line) % 60;

UPDATE orders AS o
SET total = (SELECT sum(quantity * unit_price) FROM order_items AS i WHERE i.order_id = o.id);

INSERT INTO reviews (product_id, customer_id, stars, body, published)
SELECT 1 + n % 60, 1 + n % 192, 1 + n % 5, 'Review no. ' || n, n % 4 <> 0
FROM generate_series(1, 384) AS n;

ANALYZE;
