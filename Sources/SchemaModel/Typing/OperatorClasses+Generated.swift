// The operator classes of pg_catalog and of the extensions that come with PostgreSQL 15, and the casts that change no
// value.
//
// The test `operatorClassesAreFresh` has the queries that write it, and compares it with a server.

/// `pg_opclass`: the access method, then each class with the type that it is for, `!` for the one that a column of the
/// type gets.
let catalogClasses = """
  brin bit_minmax_ops=bit! box_inclusion_ops=box! bpchar_bloom_ops=bpchar bpchar_minmax_ops=bpchar! bytea_bloom_ops=bytea bytea_minmax_ops=bytea! char_bloom_ops=char char_minmax_ops=char! date_bloom_ops=date date_minmax_multi_ops=date date_minmax_ops=date! float4_bloom_ops=float4 float4_minmax_multi_ops=float4 float4_minmax_ops=float4! float8_bloom_ops=float8 float8_minmax_multi_ops=float8 float8_minmax_ops=float8! inet_bloom_ops=inet inet_inclusion_ops=inet! inet_minmax_multi_ops=inet inet_minmax_ops=inet int2_bloom_ops=int2 int2_minmax_multi_ops=int2 int2_minmax_ops=int2! int4_bloom_ops=int4 int4_minmax_multi_ops=int4 int4_minmax_ops=int4! int8_bloom_ops=int8 int8_minmax_multi_ops=int8 int8_minmax_ops=int8! interval_bloom_ops=interval interval_minmax_multi_ops=interval interval_minmax_ops=interval! macaddr8_bloom_ops=macaddr8 macaddr8_minmax_multi_ops=macaddr8 macaddr8_minmax_ops=macaddr8! macaddr_bloom_ops=macaddr macaddr_minmax_multi_ops=macaddr macaddr_minmax_ops=macaddr! name_bloom_ops=name name_minmax_ops=name! numeric_bloom_ops=numeric numeric_minmax_multi_ops=numeric numeric_minmax_ops=numeric! oid_bloom_ops=oid oid_minmax_multi_ops=oid oid_minmax_ops=oid! pg_lsn_bloom_ops=pg_lsn pg_lsn_minmax_multi_ops=pg_lsn pg_lsn_minmax_ops=pg_lsn! range_inclusion_ops=anyrange! text_bloom_ops=text text_minmax_ops=text! tid_bloom_ops=tid tid_minmax_multi_ops=tid tid_minmax_ops=tid! time_bloom_ops=time time_minmax_multi_ops=time time_minmax_ops=time! timestamp_bloom_ops=timestamp timestamp_minmax_multi_ops=timestamp timestamp_minmax_ops=timestamp! timestamptz_bloom_ops=timestamptz timestamptz_minmax_multi_ops=timestamptz timestamptz_minmax_ops=timestamptz! timetz_bloom_ops=timetz timetz_minmax_multi_ops=timetz timetz_minmax_ops=timetz! uuid_bloom_ops=uuid uuid_minmax_multi_ops=uuid uuid_minmax_ops=uuid! varbit_minmax_ops=varbit!
  btree array_ops=anyarray! bit_ops=bit! bool_ops=bool! bpchar_ops=bpchar! bpchar_pattern_ops=bpchar bytea_ops=bytea! char_ops=char! cidr_ops=inet date_ops=date! enum_ops=anyenum! float4_ops=float4! float8_ops=float8! inet_ops=inet! int2_ops=int2! int4_ops=int4! int8_ops=int8! interval_ops=interval! jsonb_ops=jsonb! macaddr8_ops=macaddr8! macaddr_ops=macaddr! money_ops=money! multirange_ops=anymultirange! name_ops=name! numeric_ops=numeric! oid_ops=oid! oidvector_ops=oidvector! pg_lsn_ops=pg_lsn! range_ops=anyrange! record_image_ops=record record_ops=record! text_ops=text! text_pattern_ops=text tid_ops=tid! time_ops=time! timestamp_ops=timestamp! timestamptz_ops=timestamptz! timetz_ops=timetz! tsquery_ops=tsquery! tsvector_ops=tsvector! uuid_ops=uuid! varbit_ops=varbit! varchar_ops=text varchar_pattern_ops=text xid8_ops=xid8!
  gin array_ops=anyarray! jsonb_ops=jsonb! jsonb_path_ops=jsonb tsvector_ops=tsvector!
  gist box_ops=box! circle_ops=circle! inet_ops=inet multirange_ops=anymultirange! point_ops=point! poly_ops=polygon! range_ops=anyrange! tsquery_ops=tsquery! tsvector_ops=tsvector!
  hash aclitem_ops=aclitem! array_ops=anyarray! bool_ops=bool! bpchar_ops=bpchar! bpchar_pattern_ops=bpchar bytea_ops=bytea! char_ops=char! cid_ops=cid! cidr_ops=inet date_ops=date! enum_ops=anyenum! float4_ops=float4! float8_ops=float8! inet_ops=inet! int2_ops=int2! int4_ops=int4! int8_ops=int8! interval_ops=interval! jsonb_ops=jsonb! macaddr8_ops=macaddr8! macaddr_ops=macaddr! multirange_ops=anymultirange! name_ops=name! numeric_ops=numeric! oid_ops=oid! oidvector_ops=oidvector! pg_lsn_ops=pg_lsn! range_ops=anyrange! record_ops=record! text_ops=text! text_pattern_ops=text tid_ops=tid! time_ops=time! timestamp_ops=timestamp! timestamptz_ops=timestamptz! timetz_ops=timetz! uuid_ops=uuid! varchar_ops=text varchar_pattern_ops=text xid8_ops=xid8! xid_ops=xid!
  spgist box_ops=box! inet_ops=inet! kd_point_ops=point poly_ops=polygon! quad_point_ops=point! range_ops=anyrange! text_ops=text!
  """

/// The same of each extension that has some.
let extensionClasses = """
  bloom bloom int4_ops=int4! text_ops=text!
  btree_gin gin bit_ops=bit! bool_ops=bool! bpchar_ops=bpchar! bytea_ops=bytea! char_ops=char! cidr_ops=cidr! date_ops=date! enum_ops=anyenum! float4_ops=float4! float8_ops=float8! inet_ops=inet! int2_ops=int2! int4_ops=int4! int8_ops=int8! interval_ops=interval! macaddr8_ops=macaddr8! macaddr_ops=macaddr! money_ops=money! name_ops=name! numeric_ops=numeric! oid_ops=oid! text_ops=text! time_ops=time! timestamp_ops=timestamp! timestamptz_ops=timestamptz! timetz_ops=timetz! uuid_ops=uuid! varbit_ops=varbit! varchar_ops=varchar!
  btree_gist gist gist_bit_ops=bit! gist_bool_ops=bool! gist_bpchar_ops=bpchar! gist_bytea_ops=bytea! gist_cash_ops=money! gist_cidr_ops=cidr! gist_date_ops=date! gist_enum_ops=anyenum! gist_float4_ops=float4! gist_float8_ops=float8! gist_inet_ops=inet! gist_int2_ops=int2! gist_int4_ops=int4! gist_int8_ops=int8! gist_interval_ops=interval! gist_macaddr8_ops=macaddr8! gist_macaddr_ops=macaddr! gist_numeric_ops=numeric! gist_oid_ops=oid! gist_text_ops=text! gist_time_ops=time! gist_timestamp_ops=timestamp! gist_timestamptz_ops=timestamptz! gist_timetz_ops=timetz! gist_uuid_ops=uuid! gist_vbit_ops=varbit!
  citext btree citext_ops=citext! citext_pattern_ops=citext
  citext hash citext_ops=citext!
  cube btree cube_ops=cube!
  cube gist gist_cube_ops=cube!
  hstore btree btree_hstore_ops=hstore!
  hstore gin gin_hstore_ops=hstore!
  hstore gist gist_hstore_ops=hstore!
  hstore hash hash_hstore_ops=hstore!
  intarray gin gin__int_ops=_int4
  intarray gist gist__int_ops=_int4! gist__intbig_ops=_int4
  isn btree ean13_ops=ean13! isbn13_ops=isbn13! isbn_ops=isbn! ismn13_ops=ismn13! ismn_ops=ismn! issn13_ops=issn13! issn_ops=issn! upc_ops=upc!
  isn hash ean13_ops=ean13! isbn13_ops=isbn13! isbn_ops=isbn! ismn13_ops=ismn13! ismn_ops=ismn! issn13_ops=issn13! issn_ops=issn! upc_ops=upc!
  ltree btree ltree_ops=ltree!
  ltree gist gist__ltree_ops=_ltree! gist_ltree_ops=ltree!
  pg_trgm gin gin_trgm_ops=text
  pg_trgm gist gist_trgm_ops=text
  seg btree seg_ops=seg!
  seg gist gist_seg_ops=seg!
  """

/// `pg_cast`: a type, and those that its values are without being changed and without a word in the statement.
let catalogRelabelings = """
  bit varbit
  cidr inet
  int4 oid regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype
  oid regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype
  pg_dependencies bytea
  pg_mcv_list bytea
  pg_ndistinct bytea
  pg_node_tree text
  regclass oid
  regcollation oid
  regconfig oid
  regdictionary oid
  regnamespace oid
  regoper oid regoperator
  regoperator oid regoper
  regproc oid regprocedure
  regprocedure oid regproc
  regrole oid
  regtype oid
  text bpchar varchar
  varbit bit
  varchar bpchar text
  """
