// What each statement locks, rewrites and reads on PostgreSQL 15, measured one by one in a transaction
// of its own on the schema below, with 1,000 rows in `t`; TimeZone is UTC.

enum Measured {
  static let schema = """
    CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE DOMAIN posint AS int;
    CREATE DOMAIN checked AS int CHECK (value > -1000000);
    CREATE SEQUENCE sq;
    CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TABLE parent (id int PRIMARY KEY, name text);
    CREATE TABLE t (
      id int PRIMARY KEY, a int, b text, c varchar(10), d numeric(10,2), n int NOT NULL,
      ts timestamp, tz timestamptz, ci char(5), j json, ip cidr, m mood, p posint, f int, fn int);
    CREATE INDEX t_a ON t (a);
    CREATE UNIQUE INDEX t_a_uq ON t (a);
    CREATE INDEX t_c ON t (c);
    ALTER TABLE t ADD CONSTRAINT t_chk CHECK (n >= 0);
    ALTER TABLE t ADD CONSTRAINT t_bnn CHECK (b IS NOT NULL);
    ALTER TABLE t ADD CONSTRAINT t_nv CHECK (n < 1000000) NOT VALID;
    ALTER TABLE t ADD CONSTRAINT t_fk FOREIGN KEY (f) REFERENCES parent (id);
    ALTER TABLE t ADD CONSTRAINT t_fknv FOREIGN KEY (fn) REFERENCES parent (id) NOT VALID;
    CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg();
    CREATE VIEW v AS SELECT id, a FROM t;
    CREATE MATERIALIZED VIEW mv AS SELECT id, n FROM t;
    CREATE UNIQUE INDEX mv_u ON mv (id);
    CREATE TABLE untouched (id int);
    CREATE TABLE part (k int) PARTITION BY RANGE (k);
    CREATE TABLE part1 PARTITION OF part FOR VALUES FROM (0) TO (100);
    CREATE TABLE partdef PARTITION OF part DEFAULT;
    CREATE TABLE loose (k int);
    """

  /// Statement; locks on tables and views; tables with another file after it; tables that are read
  /// as a whole. `ERROR` and a SQLSTATE where it fails.
  static let rows = """
    alter table t add column z int | t:AccessExclusive |  |
    alter table t add column z int default 5 | t:AccessExclusive |  |
    alter table t add column z timestamptz default now() | t:AccessExclusive |  |
    alter table t add column z timestamptz default clock_timestamp() | t:AccessExclusive | t | t
    alter table t add column z uuid default gen_random_uuid() | t:AccessExclusive | t | t
    alter table t add column z double precision default random() | t:AccessExclusive | t | t
    alter table t add column z int not null default 5 | t:AccessExclusive |  |
    alter table t add column z serial | t:AccessExclusive | t | t
    alter table t add column z int generated always as identity | t:AccessExclusive | t | t
    alter table t add column z int generated always as (a+1) stored | t:AccessExclusive | t | t
    alter table t add column z posint | t:AccessExclusive |  |
    alter table t add column z int check (z > 0) | t:AccessExclusive |  | t
    alter table t add column z int default 5 check (z > 0) | t:AccessExclusive |  | t
    alter table t add column z int references parent(id) | parent:ShareRowExclusive t:AccessExclusive |  |
    alter table t add column z int default 5 references parent(id) | parent:ShareRowExclusive t:AccessExclusive |  | parent t
    alter table t add column z int unique | t:AccessExclusive |  | t
    alter table t drop column b | t:AccessExclusive |  |
    alter table t drop column a | ERROR 2BP01 |  |
    alter table t alter column a set default 9 | t:AccessExclusive |  |
    alter table t alter column a drop default | t:AccessExclusive |  |
    alter table t alter column a set not null | t:AccessExclusive |  | t
    alter table t alter column b set not null | t:AccessExclusive |  |
    alter table t alter column n drop not null | t:AccessExclusive |  |
    alter table t alter column a type bigint | ERROR 0A000 |  |
    alter table t alter column c type varchar(20) | t:AccessExclusive |  |
    alter table t alter column c type text | t:AccessExclusive |  |
    alter table t alter column c type varchar(9) | t:AccessExclusive | t | t
    alter table t alter column b type varchar(100) | t:AccessExclusive | t | t
    alter table t alter column b type varchar | t:AccessExclusive |  | t
    alter table t alter column d type numeric(12,2) | t:AccessExclusive |  |
    alter table t alter column d type numeric | t:AccessExclusive |  |
    alter table t alter column d type numeric(12,3) | t:AccessExclusive | t | t
    alter table t alter column ts type timestamptz | t:AccessExclusive |  |
    alter table t alter column tz type timestamp | t:AccessExclusive |  |
    alter table t alter column tz type timestamptz(3) | t:AccessExclusive | t | t
    alter table t alter column ci type varchar(5) | t:AccessExclusive | t | t
    alter table t alter column ci type text | t:AccessExclusive | t | t
    alter table t alter column j type jsonb | t:AccessExclusive | t | t
    alter table t alter column ip type inet | t:AccessExclusive |  |
    alter table t alter column m type text | t:AccessExclusive | t | t
    alter table t alter column a type text | ERROR 0A000 |  |
    alter table t alter column a type bigint using a::bigint | ERROR 0A000 |  |
    alter table t alter column c type text using c::text | t:AccessExclusive |  |
    alter table t alter column c type varchar(20) using c::varchar(20) | t:AccessExclusive |  |
    alter table t alter column b set statistics 100 | t:ShareUpdateExclusive |  |
    alter table t alter column b set storage external | t:AccessExclusive |  |
    alter table t alter column b set compression pglz | t:AccessExclusive |  |
    alter table t add constraint x check (a > 0) | t:AccessExclusive |  | t
    alter table t add constraint x check (a > 0) not valid | t:AccessExclusive |  |
    alter table t validate constraint t_nv | t:ShareUpdateExclusive |  | t
    alter table t add constraint x foreign key (a) references parent(id) | parent:ShareRowExclusive t:ShareRowExclusive |  | parent t
    alter table t add constraint x foreign key (a) references parent(id) not valid | parent:ShareRowExclusive t:ShareRowExclusive |  |
    alter table t validate constraint t_fknv | parent:RowShare t:ShareUpdateExclusive |  | parent t
    alter table t add constraint x unique (a) | t:AccessExclusive |  | t
    alter table t add constraint x unique using index t_a_uq | t:AccessExclusive |  |
    alter table untouched add primary key (id) | untouched:AccessExclusive |  | untouched
    alter table t add constraint x exclude using btree (a with =) | t:AccessExclusive |  | t
    alter table t drop constraint t_chk | t:AccessExclusive |  |
    alter table t drop constraint t_fk | parent:AccessExclusive t:AccessExclusive |  |
    alter table t drop constraint t_pkey | t:AccessExclusive |  |
    alter table t rename column b to bb | t:AccessExclusive |  |
    alter table t rename to tt | t:AccessExclusive |  |
    alter table t rename constraint t_chk to t_chk2 | t:AccessExclusive |  |
    alter table t set schema public | t:AccessExclusive |  |
    alter table t set (fillfactor = 50) | t:ShareUpdateExclusive |  |
    alter table t set (autovacuum_enabled = false) | t:ShareUpdateExclusive |  |
    alter table t set logged | t:AccessExclusive |  |
    alter table t set unlogged | t:AccessExclusive | t | t
    alter table t set tablespace pg_default | t:AccessExclusive |  |
    alter table t owner to postgres | t:AccessExclusive |  |
    alter table t enable row level security | t:AccessExclusive |  |
    alter table t force row level security | t:AccessExclusive |  |
    alter table t disable trigger tr | t:ShareRowExclusive |  |
    alter table t enable trigger tr | t:ShareRowExclusive |  |
    alter table t replica identity full | t:AccessExclusive |  |
    alter table t cluster on t_a | t:ShareUpdateExclusive |  |
    alter table t inherit parent | ERROR 42804 |  |
    create policy pp on t using (true) | t:AccessExclusive |  |
    create index xi on t(b) | t:Share |  | t
    create unique index xi on t(a) | t:Share |  | t
    drop index t_c | t:AccessExclusive |  |
    drop index t_a, t_c | t:AccessExclusive |  |
    drop index mv_u | mv:AccessExclusive |  |
    alter index t_c rename to t_c2 |  |  |
    alter index mv_u rename to mv_v |  |  |
    alter index t_c set (fillfactor = 50) |  |  |
    alter index t_c reset (fillfactor) |  |  |
    alter index t_c set tablespace pg_default |  |  |
    reindex index t_c | t:Share |  | t
    reindex table t | t:Share |  | t
    reindex index mv_u | mv:Share |  | mv
    reindex table mv | mv:Share |  | mv
    alter table t_c rename to t_c2 |  |  |
    alter table t_c set (fillfactor = 50) |  |  |
    create trigger tr2 before insert on t for each row execute function trg() | t:ShareRowExclusive |  |
    drop trigger tr on t | t:AccessExclusive |  |
    create rule rr as on insert to untouched do also nothing | untouched:AccessExclusive |  |
    create view vv as select * from t | t:AccessShare vv:AccessExclusive |  |
    create or replace view v as select id,a,b as extra from t | t:AccessShare v:AccessExclusive |  |
    drop view v | v:AccessExclusive |  |
    create table n1(id int primary key) | n1:AccessExclusive |  | n1
    create table n1(id int references parent(id)) | n1:AccessExclusive parent:ShareRowExclusive |  |
    create table n1 (like t including all) | n1:AccessExclusive t:AccessShare |  | n1
    create table n1 as select * from t | n1:AccessExclusive t:AccessShare |  | t
    drop table t cascade | mv:AccessExclusive parent:AccessExclusive t:AccessExclusive v:AccessExclusive |  |
    drop table parent cascade | parent:AccessExclusive t:AccessExclusive |  |
    truncate t | t:AccessExclusive | t | t
    truncate parent cascade | parent:AccessExclusive t:AccessExclusive | parent t | parent t
    refresh materialized view mv | mv:AccessExclusive t:AccessShare | mv | mv t
    refresh materialized view concurrently mv | mv:Exclusive t:AccessShare |  | mv t
    cluster t using t_a | t:AccessExclusive | t | t
    comment on column t.a is 'x' | t:ShareUpdateExclusive |  |
    comment on table t is 'x' | t:ShareUpdateExclusive |  |
    alter table part attach partition loose for values from (100) to (200) | loose:AccessExclusive part:ShareUpdateExclusive partdef:AccessExclusive |  | loose partdef
    alter table part detach partition part1 | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  |
    create table part2 partition of part for values from (100) to (200) | part2:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  | partdef
    drop table part1 | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  |
    create index pxi on part(k) | part1:Share part:Share partdef:Share |  | part1 partdef
    alter type mood add value 'meh' |  |  |
    alter type mood rename value 'ok' to 'okay' |  |  |
    alter type mood rename to mood2 |  |  |
    drop type mood cascade | t:AccessExclusive |  |
    alter domain posint add constraint dchk check (value > 0) | t:Share |  | t
    alter domain posint add constraint dchk check (value > 0) not valid |  |  |
    alter domain posint set not null | t:Share |  | t
    alter sequence sq restart with 5 |  |  |
    alter sequence t_z_seq restart | ERROR 42P01 |  |
    drop sequence sq |  |  |
    drop schema s cascade | ERROR 3F000 |  |
    update t set a = a + 0 | t:RowExclusive |  | t
    delete from t where id < 0 | t:RowExclusive |  |
    insert into t(id) values (5000) | ERROR 23502 |  |
    grant select on t to public |  |  |
    analyze t | t:ShareUpdateExclusive |  |
    lock table t | t:AccessExclusive |  |
    alter table t no inherit parent | ERROR 42P01 |  |
    alter table t alter column id add generated by default as identity | t:AccessExclusive |  |
    create statistics st on a, n from t | t:ShareUpdateExclusive |  |
    create publication pb for table t | t:ShareUpdateExclusive |  |
    drop function trg() cascade | t:AccessExclusive |  |
    create extension if not exists plpgsql |  |  |
    alter table part1 add constraint x check (k < 1000) | part1:AccessExclusive |  | part1
    alter table t add column z checked | t:AccessExclusive | t | t
    alter table t add column z int not null | ERROR 23502 |  |
    alter table t add column z text default 'x' not null | t:AccessExclusive |  |
    alter table t add column z int default 5 unique | ERROR 23505 |  |
    alter table t add column z date default current_date | t:AccessExclusive |  |
    alter table t alter column ts type timestamptz(2) | t:AccessExclusive | t | t
    alter table t alter column n type bigint | ERROR 0A000 |  |
    alter table t alter column n type numeric | ERROR 0A000 |  |
    alter table t alter column f type bigint | parent:AccessExclusive t:AccessExclusive | t | parent t
    alter table t alter column fn set not null | t:AccessExclusive |  | t
    alter table parent alter column id type bigint | parent:AccessExclusive t:AccessExclusive | parent | parent t
    alter table t drop column f | parent:AccessExclusive t:AccessExclusive |  |
    alter table t drop column c | t:AccessExclusive |  |
    alter table t drop constraint t_nv | t:AccessExclusive |  |
    alter table parent add column q int | parent:AccessExclusive |  |
    alter table parent add constraint pn unique (name) | ERROR 23505 |  |
    alter table parent drop constraint parent_pkey cascade | parent:AccessExclusive t:AccessExclusive |  |
    alter table part add column q int | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  |
    alter table part add column q int default 3 | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  |
    alter table part alter column k set not null | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  | part1 partdef
    alter table part add constraint kk check (k >= 0) | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  | part1 partdef
    alter table part add primary key (k) | ERROR 23505 |  |
    alter table part drop column k | ERROR 42P16 |  |
    alter table part add column q float default random() | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive | part1 partdef | part1 partdef
    alter table part add column q int references parent (id) | parent:ShareRowExclusive part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  |
    alter table part rename column k to kk | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  |
    drop table part | part1:AccessExclusive part:AccessExclusive partdef:AccessExclusive |  |
    drop table parent | ERROR 2BP01 |  |
    drop table untouched | untouched:AccessExclusive |  |
    drop domain posint | ERROR 2BP01 |  |
    drop domain posint cascade | t:AccessExclusive |  |
    drop materialized view mv | mv:AccessExclusive |  |
    create unique index on t (id, c) | t:Share |  | t
    create index on t (lower(b)) | t:Share |  | t
    create index on t (a) where n > 5 | t:Share |  | t
    create index on untouched (id) | untouched:Share |  | untouched
    create materialized view m2 as select * from t | m2:AccessExclusive t:AccessShare |  | t
    create view vv as select t.a, p.name from t join parent p on p.id = t.f | parent:AccessShare t:AccessShare vv:AccessExclusive |  |
    create table n1 (a int references t (id), b int references parent) | n1:AccessExclusive parent:ShareRowExclusive t:ShareRowExclusive |  |
    create table n1 () inherits (parent) | n1:AccessExclusive parent:ShareUpdateExclusive |  |
    create table n1 (like parent) | n1:AccessExclusive parent:AccessShare |  |
    alter view v rename to v9 | v:AccessExclusive |  |
    alter sequence sq rename to sq9 |  |  |
    alter table t rename constraint t_pkey to t_pk | t:AccessExclusive |  |
    alter index t_pkey rename to t_pk |  |  |
    alter table t add constraint x primary key using index t_a_uq | ERROR 42P16 |  |
    alter table untouched add column z bigserial primary key | untouched:AccessExclusive | untouched | untouched
    alter table untouched add primary key (id) | untouched:AccessExclusive |  | untouched
    alter table t set (fillfactor = 50, autovacuum_enabled = false) | t:ShareUpdateExclusive |  |
    insert into untouched values (1) | untouched:RowExclusive |  |
    insert into untouched select n from t | t:AccessShare untouched:RowExclusive |  | t
    insert into t (id, b, n, f) values (7777, 'x', 1, 1) | parent:RowShare t:RowExclusive |  |
    update untouched set id = 3 | untouched:RowExclusive |  | untouched
    delete from parent where id = 5 | ERROR 23503 |  |
    delete from untouched | untouched:RowExclusive |  | untouched
    select * from t where a > 5 | t:AccessShare |  | t
    select count(*) from v | t:AccessShare v:AccessShare |  | t
    select * from t for update | t:RowShare |  | t
    lock table t in share mode | t:Share |  |
    truncate untouched | untouched:AccessExclusive | untouched |
    create rule r2 as on delete to untouched do instead nothing | untouched:AccessExclusive |  |
    drop trigger tr on t | t:AccessExclusive |  |
    alter table t disable trigger all | t:ShareRowExclusive |  |
    comment on constraint t_chk on t is 'x' | t:AccessShare |  |
    comment on index t_a is 'x' |  |  |
    comment on view v is 'x' | v:ShareUpdateExclusive |  |
    alter table t alter column b drop not null | t:AccessExclusive |  |
    alter table untouched inherit parent | ERROR 42804 |  |
    create policy p1 on t for select using (a > 5) | t:AccessExclusive |  |
    alter table t no force row level security | t:AccessExclusive |  |
    alter domain posint drop not null |  |  |
    alter domain checked set default 5 |  |  |
    alter type mood add value 'x' before 'ok' |  |  |
    create sequence s2 owned by t.a | t:AccessShare |  |
    alter table t alter column p type int | t:AccessExclusive |  |
    alter table t alter column n type posint | ERROR 0A000 |  |
    alter table t alter column n type checked | ERROR 0A000 |  |
    alter table t alter column m type text using m::text | t:AccessExclusive | t | t
    alter table t alter column b type varchar using lower(b) | t:AccessExclusive | t | t
    alter table t alter column j type jsonb using j::jsonb | t:AccessExclusive | t | t
    """
}
