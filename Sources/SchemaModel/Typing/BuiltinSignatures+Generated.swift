// The types, casts, operators and functions of pg_catalog, from the catalogs of PostgreSQL 15.
//
// The test `builtinSignaturesAreFresh` has the queries that write it, and compares it with a server.

// Each line begins with a name; the lines of a text are in the order of the bytes of the names.

/// `pg_type`: the category, `!` for a preferred type of it, and of a range what it is of.
let catalogTypes = """
  aclitem U
  any P
  anyarray P
  anycompatible P
  anycompatiblearray P
  anycompatiblemultirange P
  anycompatiblenonarray P
  anycompatiblerange P
  anyelement P
  anyenum P
  anymultirange P
  anynonarray P
  anyrange P
  bit V
  bool B!
  box G
  bpchar S
  bytea U
  char Z
  cid U
  cidr I
  circle G
  date D
  datemultirange R date
  daterange R date
  float4 N
  float8 N!
  gtsvector U
  inet I!
  int2 N
  int2vector A
  int4 N
  int4multirange R int4
  int4range R int4
  int8 N
  int8multirange R int8
  int8range R int8
  interval T!
  json U
  jsonb U
  jsonpath U
  line G
  lseg G
  macaddr U
  macaddr8 U
  money N
  name S
  numeric N
  nummultirange R numeric
  numrange R numeric
  oid N!
  oidvector A
  path G
  pg_brin_bloom_summary Z
  pg_brin_minmax_multi_summary Z
  pg_dependencies Z
  pg_lsn U
  pg_mcv_list Z
  pg_ndistinct Z
  pg_node_tree Z
  pg_snapshot U
  point G
  polygon G
  record P
  refcursor U
  regclass N
  regcollation N
  regconfig N
  regdictionary N
  regnamespace N
  regoper N
  regoperator N
  regproc N
  regprocedure N
  regrole N
  regtype N
  text S!
  tid U
  time D
  timestamp D
  timestamptz D!
  timetz D
  tsmultirange R timestamp
  tsquery U
  tsrange R timestamp
  tstzmultirange R timestamptz
  tstzrange R timestamptz
  tsvector U
  txid_snapshot U
  unknown X
  uuid U
  varbit V!
  varchar S
  void P
  xid U
  xid8 U
  xml U
  """

/// `pg_cast`: from a type to others, each with its context: implicit, assignment or explicit.
let catalogCasts = """
  bit bit.i int4.e int8.e varbit.i
  bool bpchar.a int4.e text.a varchar.a
  box circle.e lseg.e point.e polygon.a
  bpchar bpchar.i char.a name.i text.i varchar.i xml.e
  char bpchar.a int4.e text.i varchar.a
  cidr bpchar.a inet.i text.a varchar.a
  circle box.e point.e polygon.e
  date timestamp.i timestamptz.i
  daterange datemultirange.e
  float4 float8.i int2.a int4.a int8.a numeric.a
  float8 float4.a int2.a int4.a int8.a numeric.a
  inet bpchar.a cidr.a text.a varchar.a
  int2 float4.i float8.i int4.i int8.i numeric.i oid.i regclass.i regcollation.i regconfig.i \
  regdictionary.i regnamespace.i regoper.i regoperator.i regproc.i regprocedure.i regrole.i \
  regtype.i
  int4 bit.e bool.e char.e float4.i float8.i int2.a int8.i money.a numeric.i oid.i regclass.i \
  regcollation.i regconfig.i regdictionary.i regnamespace.i regoper.i regoperator.i regproc.i \
  regprocedure.i regrole.i regtype.i
  int4range int4multirange.e
  int8 bit.e float4.i float8.i int2.a int4.a money.a numeric.i oid.i regclass.i regcollation.i \
  regconfig.i regdictionary.i regnamespace.i regoper.i regoperator.i regproc.i regprocedure.i \
  regrole.i regtype.i
  int8range int8multirange.e
  interval interval.i time.a
  json jsonb.a
  jsonb bool.e float4.e float8.e int2.e int4.e int8.e json.a numeric.e
  lseg point.e
  macaddr macaddr8.i
  macaddr8 macaddr.i
  money numeric.a
  name bpchar.a text.i varchar.a
  numeric float4.i float8.i int2.a int4.a int8.a money.a numeric.i
  numrange nummultirange.e
  oid int4.a int8.a regclass.i regcollation.i regconfig.i regdictionary.i regnamespace.i \
  regoper.i regoperator.i regproc.i regprocedure.i regrole.i regtype.i
  path polygon.a
  pg_dependencies bytea.i text.i
  pg_mcv_list bytea.i text.i
  pg_ndistinct bytea.i text.i
  pg_node_tree text.i
  point box.a
  polygon box.e circle.e path.a point.e
  regclass int4.a int8.a oid.i
  regcollation int4.a int8.a oid.i
  regconfig int4.a int8.a oid.i
  regdictionary int4.a int8.a oid.i
  regnamespace int4.a int8.a oid.i
  regoper int4.a int8.a oid.i regoperator.i
  regoperator int4.a int8.a oid.i regoper.i
  regproc int4.a int8.a oid.i regprocedure.i
  regprocedure int4.a int8.a oid.i regproc.i
  regrole int4.a int8.a oid.i
  regtype int4.a int8.a oid.i
  text bpchar.i char.a name.i regclass.i varchar.i xml.e
  time interval.i time.i timetz.i
  timestamp date.a time.a timestamp.i timestamptz.i
  timestamptz date.a time.a timestamp.a timestamptz.i timetz.a
  timetz time.a timetz.i
  tsrange tsmultirange.e
  tstzrange tstzmultirange.e
  varbit bit.i varbit.i
  varchar bpchar.i char.a name.i regclass.i text.i varchar.i xml.e
  xid8 xid.e
  xml bpchar.a text.a varchar.a
  """

/// `pg_operator`: the result and the operands; one operand for a prefix operator.
let catalogOperators = """
  !! tsquery=tsquery
  !~ bool=bpchar,text bool=name,text bool=text,text
  !~* bool=bpchar,text bool=name,text bool=text,text
  !~~ bool=bpchar,text bool=bytea,bytea bool=name,text bool=text,text
  !~~* bool=bpchar,text bool=name,text bool=text,text
  # int4=path int4=polygon bit=bit,bit box=box,box int2=int2,int2 int4=int4,int4 int8=int8,int8 \
  point=line,line point=lseg,lseg
  ## point=line,lseg point=lseg,box point=lseg,lseg point=point,box point=point,line \
  point=point,lseg
  #- jsonb=jsonb,_text
  #> json=json,_text jsonb=jsonb,_text
  #>> text=json,_text text=jsonb,_text
  % int2=int2,int2 int4=int4,int4 int8=int8,int8 numeric=numeric,numeric
  & bit=bit,bit inet=inet,inet int2=int2,int2 int4=int4,int4 int8=int8,int8 \
  macaddr=macaddr,macaddr macaddr8=macaddr8,macaddr8
  && bool=anyarray,anyarray bool=anymultirange,anymultirange bool=anymultirange,anyrange \
  bool=anyrange,anymultirange bool=anyrange,anyrange bool=box,box bool=circle,circle \
  bool=inet,inet bool=polygon,polygon tsquery=tsquery,tsquery
  &< bool=anymultirange,anymultirange bool=anymultirange,anyrange bool=anyrange,anymultirange \
  bool=anyrange,anyrange bool=box,box bool=circle,circle bool=polygon,polygon
  &<| bool=box,box bool=circle,circle bool=polygon,polygon
  &> bool=anymultirange,anymultirange bool=anymultirange,anyrange bool=anyrange,anymultirange \
  bool=anyrange,anyrange bool=box,box bool=circle,circle bool=polygon,polygon
  * anymultirange=anymultirange,anymultirange anyrange=anyrange,anyrange box=box,point \
  circle=circle,point float4=float4,float4 float8=float4,float8 money=float4,money \
  float8=float8,float4 float8=float8,float8 interval=float8,interval money=float8,money \
  int2=int2,int2 int4=int2,int4 int8=int2,int8 money=int2,money int4=int4,int2 int4=int4,int4 \
  int8=int4,int8 money=int4,money int8=int8,int2 int8=int8,int4 int8=int8,int8 money=int8,money \
  interval=interval,float8 money=money,float4 money=money,float8 money=money,int2 \
  money=money,int4 money=money,int8 numeric=numeric,numeric path=path,point point=point,point
  *< bool=record,record
  *<= bool=record,record
  *<> bool=record,record
  *= bool=record,record
  *> bool=record,record
  *>= bool=record,record
  + float4=float4 float8=float8 int2=int2 int4=int4 int8=int8 numeric=numeric \
  _aclitem=_aclitem,aclitem anymultirange=anymultirange,anymultirange \
  anyrange=anyrange,anyrange box=box,point circle=circle,point date=date,int4 \
  timestamp=date,interval timestamp=date,time timestamptz=date,timetz float4=float4,float4 \
  float8=float4,float8 float8=float8,float4 float8=float8,float8 inet=inet,int8 int2=int2,int2 \
  int4=int2,int4 int8=int2,int8 date=int4,date int4=int4,int2 int4=int4,int4 int8=int4,int8 \
  inet=int8,inet int8=int8,int2 int8=int8,int4 int8=int8,int8 timestamp=interval,date \
  interval=interval,interval time=interval,time timestamp=interval,timestamp \
  timestamptz=interval,timestamptz timetz=interval,timetz money=money,money \
  numeric=numeric,numeric pg_lsn=numeric,pg_lsn path=path,path path=path,point \
  pg_lsn=pg_lsn,numeric point=point,point timestamp=time,date time=time,interval \
  timestamp=timestamp,interval timestamptz=timestamptz,interval timestamptz=timetz,date \
  timetz=timetz,interval
  - float4=float4 float8=float8 int2=int2 int4=int4 int8=int8 interval=interval numeric=numeric \
  _aclitem=_aclitem,aclitem anymultirange=anymultirange,anymultirange \
  anyrange=anyrange,anyrange box=box,point circle=circle,point int4=date,date date=date,int4 \
  timestamp=date,interval float4=float4,float4 float8=float4,float8 float8=float8,float4 \
  float8=float8,float8 int8=inet,inet inet=inet,int8 int2=int2,int2 int4=int2,int4 \
  int8=int2,int8 int4=int4,int2 int4=int4,int4 int8=int4,int8 int8=int8,int2 int8=int8,int4 \
  int8=int8,int8 interval=interval,interval jsonb=jsonb,_text jsonb=jsonb,int4 jsonb=jsonb,text \
  money=money,money numeric=numeric,numeric path=path,point pg_lsn=pg_lsn,numeric \
  numeric=pg_lsn,pg_lsn point=point,point time=time,interval interval=time,time \
  timestamp=timestamp,interval interval=timestamp,timestamp timestamptz=timestamptz,interval \
  interval=timestamptz,timestamptz timetz=timetz,interval
  -> json=json,int4 json=json,text jsonb=jsonb,int4 jsonb=jsonb,text
  ->> text=json,int4 text=json,text text=jsonb,int4 text=jsonb,text
  -|- bool=anymultirange,anymultirange bool=anymultirange,anyrange bool=anyrange,anymultirange \
  bool=anyrange,anyrange
  / box=box,point circle=circle,point float4=float4,float4 float8=float4,float8 \
  float8=float8,float4 float8=float8,float8 int2=int2,int2 int4=int2,int4 int8=int2,int8 \
  int4=int4,int2 int4=int4,int4 int8=int4,int8 int8=int8,int2 int8=int8,int4 int8=int8,int8 \
  interval=interval,float8 money=money,float4 money=money,float8 money=money,int2 \
  money=money,int4 money=money,int8 float8=money,money numeric=numeric,numeric path=path,point \
  point=point,point
  < bool=anyarray,anyarray bool=anyenum,anyenum bool=anymultirange,anymultirange \
  bool=anyrange,anyrange bool=bit,bit bool=bool,bool bool=box,box bool=bpchar,bpchar \
  bool=bytea,bytea bool=char,char bool=circle,circle bool=date,date bool=date,timestamp \
  bool=date,timestamptz bool=float4,float4 bool=float4,float8 bool=float8,float4 \
  bool=float8,float8 bool=inet,inet bool=int2,int2 bool=int2,int4 bool=int2,int8 bool=int4,int2 \
  bool=int4,int4 bool=int4,int8 bool=int8,int2 bool=int8,int4 bool=int8,int8 \
  bool=interval,interval bool=jsonb,jsonb bool=lseg,lseg bool=macaddr,macaddr \
  bool=macaddr8,macaddr8 bool=money,money bool=name,name bool=name,text bool=numeric,numeric \
  bool=oid,oid bool=oidvector,oidvector bool=path,path bool=pg_lsn,pg_lsn bool=record,record \
  bool=text,name bool=text,text bool=tid,tid bool=time,time bool=timestamp,date \
  bool=timestamp,timestamp bool=timestamp,timestamptz bool=timestamptz,date \
  bool=timestamptz,timestamp bool=timestamptz,timestamptz bool=timetz,timetz \
  bool=tsquery,tsquery bool=tsvector,tsvector bool=uuid,uuid bool=varbit,varbit bool=xid8,xid8
  <-> float8=box,box float8=box,lseg float8=box,point float8=circle,circle float8=circle,point \
  float8=circle,polygon float8=line,line float8=line,lseg float8=line,point float8=lseg,box \
  float8=lseg,line float8=lseg,lseg float8=lseg,point float8=path,path float8=path,point \
  float8=point,box float8=point,circle float8=point,line float8=point,lseg float8=point,path \
  float8=point,point float8=point,polygon float8=polygon,circle float8=polygon,point \
  float8=polygon,polygon tsquery=tsquery,tsquery
  << bool=anymultirange,anymultirange bool=anymultirange,anyrange bool=anyrange,anymultirange \
  bool=anyrange,anyrange bit=bit,int4 bool=box,box bool=circle,circle bool=inet,inet \
  int2=int2,int4 int4=int4,int4 int8=int8,int4 bool=point,point bool=polygon,polygon
  <<= bool=inet,inet
  <<| bool=box,box bool=circle,circle bool=point,point bool=polygon,polygon
  <= bool=anyarray,anyarray bool=anyenum,anyenum bool=anymultirange,anymultirange \
  bool=anyrange,anyrange bool=bit,bit bool=bool,bool bool=box,box bool=bpchar,bpchar \
  bool=bytea,bytea bool=char,char bool=circle,circle bool=date,date bool=date,timestamp \
  bool=date,timestamptz bool=float4,float4 bool=float4,float8 bool=float8,float4 \
  bool=float8,float8 bool=inet,inet bool=int2,int2 bool=int2,int4 bool=int2,int8 bool=int4,int2 \
  bool=int4,int4 bool=int4,int8 bool=int8,int2 bool=int8,int4 bool=int8,int8 \
  bool=interval,interval bool=jsonb,jsonb bool=lseg,lseg bool=macaddr,macaddr \
  bool=macaddr8,macaddr8 bool=money,money bool=name,name bool=name,text bool=numeric,numeric \
  bool=oid,oid bool=oidvector,oidvector bool=path,path bool=pg_lsn,pg_lsn bool=record,record \
  bool=text,name bool=text,text bool=tid,tid bool=time,time bool=timestamp,date \
  bool=timestamp,timestamp bool=timestamp,timestamptz bool=timestamptz,date \
  bool=timestamptz,timestamp bool=timestamptz,timestamptz bool=timetz,timetz \
  bool=tsquery,tsquery bool=tsvector,tsvector bool=uuid,uuid bool=varbit,varbit bool=xid8,xid8
  <> bool=anyarray,anyarray bool=anyenum,anyenum bool=anymultirange,anymultirange \
  bool=anyrange,anyrange bool=bit,bit bool=bool,bool bool=bpchar,bpchar bool=bytea,bytea \
  bool=char,char bool=circle,circle bool=date,date bool=date,timestamp bool=date,timestamptz \
  bool=float4,float4 bool=float4,float8 bool=float8,float4 bool=float8,float8 bool=inet,inet \
  bool=int2,int2 bool=int2,int4 bool=int2,int8 bool=int4,int2 bool=int4,int4 bool=int4,int8 \
  bool=int8,int2 bool=int8,int4 bool=int8,int8 bool=interval,interval bool=jsonb,jsonb \
  bool=lseg,lseg bool=macaddr,macaddr bool=macaddr8,macaddr8 bool=money,money bool=name,name \
  bool=name,text bool=numeric,numeric bool=oid,oid bool=oidvector,oidvector bool=pg_lsn,pg_lsn \
  bool=point,point bool=record,record bool=text,name bool=text,text bool=tid,tid bool=time,time \
  bool=timestamp,date bool=timestamp,timestamp bool=timestamp,timestamptz bool=timestamptz,date \
  bool=timestamptz,timestamp bool=timestamptz,timestamptz bool=timetz,timetz \
  bool=tsquery,tsquery bool=tsvector,tsvector bool=uuid,uuid bool=varbit,varbit bool=xid,int4 \
  bool=xid,xid bool=xid8,xid8
  <@ bool=anyarray,anyarray bool=anyelement,anymultirange bool=anyelement,anyrange \
  bool=anymultirange,anymultirange bool=anymultirange,anyrange bool=anyrange,anymultirange \
  bool=anyrange,anyrange bool=box,box bool=circle,circle bool=jsonb,jsonb bool=lseg,box \
  bool=lseg,line bool=point,box bool=point,circle bool=point,line bool=point,lseg \
  bool=point,path bool=point,polygon bool=polygon,polygon bool=tsquery,tsquery
  <^ bool=box,box bool=point,point
  = bool=aclitem,aclitem bool=anyarray,anyarray bool=anyenum,anyenum \
  bool=anymultirange,anymultirange bool=anyrange,anyrange bool=bit,bit bool=bool,bool \
  bool=box,box bool=bpchar,bpchar bool=bytea,bytea bool=char,char bool=cid,cid \
  bool=circle,circle bool=date,date bool=date,timestamp bool=date,timestamptz \
  bool=float4,float4 bool=float4,float8 bool=float8,float4 bool=float8,float8 bool=inet,inet \
  bool=int2,int2 bool=int2,int4 bool=int2,int8 bool=int4,int2 bool=int4,int4 bool=int4,int8 \
  bool=int8,int2 bool=int8,int4 bool=int8,int8 bool=interval,interval bool=jsonb,jsonb \
  bool=line,line bool=lseg,lseg bool=macaddr,macaddr bool=macaddr8,macaddr8 bool=money,money \
  bool=name,name bool=name,text bool=numeric,numeric bool=oid,oid bool=oidvector,oidvector \
  bool=path,path bool=pg_lsn,pg_lsn bool=record,record bool=text,name bool=text,text \
  bool=tid,tid bool=time,time bool=timestamp,date bool=timestamp,timestamp \
  bool=timestamp,timestamptz bool=timestamptz,date bool=timestamptz,timestamp \
  bool=timestamptz,timestamptz bool=timetz,timetz bool=tsquery,tsquery bool=tsvector,tsvector \
  bool=uuid,uuid bool=varbit,varbit bool=xid,int4 bool=xid,xid bool=xid8,xid8
  > bool=anyarray,anyarray bool=anyenum,anyenum bool=anymultirange,anymultirange \
  bool=anyrange,anyrange bool=bit,bit bool=bool,bool bool=box,box bool=bpchar,bpchar \
  bool=bytea,bytea bool=char,char bool=circle,circle bool=date,date bool=date,timestamp \
  bool=date,timestamptz bool=float4,float4 bool=float4,float8 bool=float8,float4 \
  bool=float8,float8 bool=inet,inet bool=int2,int2 bool=int2,int4 bool=int2,int8 bool=int4,int2 \
  bool=int4,int4 bool=int4,int8 bool=int8,int2 bool=int8,int4 bool=int8,int8 \
  bool=interval,interval bool=jsonb,jsonb bool=lseg,lseg bool=macaddr,macaddr \
  bool=macaddr8,macaddr8 bool=money,money bool=name,name bool=name,text bool=numeric,numeric \
  bool=oid,oid bool=oidvector,oidvector bool=path,path bool=pg_lsn,pg_lsn bool=record,record \
  bool=text,name bool=text,text bool=tid,tid bool=time,time bool=timestamp,date \
  bool=timestamp,timestamp bool=timestamp,timestamptz bool=timestamptz,date \
  bool=timestamptz,timestamp bool=timestamptz,timestamptz bool=timetz,timetz \
  bool=tsquery,tsquery bool=tsvector,tsvector bool=uuid,uuid bool=varbit,varbit bool=xid8,xid8
  >= bool=anyarray,anyarray bool=anyenum,anyenum bool=anymultirange,anymultirange \
  bool=anyrange,anyrange bool=bit,bit bool=bool,bool bool=box,box bool=bpchar,bpchar \
  bool=bytea,bytea bool=char,char bool=circle,circle bool=date,date bool=date,timestamp \
  bool=date,timestamptz bool=float4,float4 bool=float4,float8 bool=float8,float4 \
  bool=float8,float8 bool=inet,inet bool=int2,int2 bool=int2,int4 bool=int2,int8 bool=int4,int2 \
  bool=int4,int4 bool=int4,int8 bool=int8,int2 bool=int8,int4 bool=int8,int8 \
  bool=interval,interval bool=jsonb,jsonb bool=lseg,lseg bool=macaddr,macaddr \
  bool=macaddr8,macaddr8 bool=money,money bool=name,name bool=name,text bool=numeric,numeric \
  bool=oid,oid bool=oidvector,oidvector bool=path,path bool=pg_lsn,pg_lsn bool=record,record \
  bool=text,name bool=text,text bool=tid,tid bool=time,time bool=timestamp,date \
  bool=timestamp,timestamp bool=timestamp,timestamptz bool=timestamptz,date \
  bool=timestamptz,timestamp bool=timestamptz,timestamptz bool=timetz,timetz \
  bool=tsquery,tsquery bool=tsvector,tsvector bool=uuid,uuid bool=varbit,varbit bool=xid8,xid8
  >> bool=anymultirange,anymultirange bool=anymultirange,anyrange bool=anyrange,anymultirange \
  bool=anyrange,anyrange bit=bit,int4 bool=box,box bool=circle,circle bool=inet,inet \
  int2=int2,int4 int4=int4,int4 int8=int8,int4 bool=point,point bool=polygon,polygon
  >>= bool=inet,inet
  >^ bool=box,box bool=point,point
  ? bool=jsonb,text
  ?# bool=box,box bool=line,box bool=line,line bool=lseg,box bool=lseg,line bool=lseg,lseg \
  bool=path,path
  ?& bool=jsonb,_text
  ?- bool=line bool=lseg bool=point,point
  ?-| bool=line,line bool=lseg,lseg
  ?| bool=line bool=lseg bool=jsonb,_text bool=point,point
  ?|| bool=line,line bool=lseg,lseg
  @ float4=float4 float8=float8 int2=int2 int4=int4 int8=int8 numeric=numeric
  @-@ float8=lseg float8=path
  @> bool=_aclitem,aclitem bool=anyarray,anyarray bool=anymultirange,anyelement \
  bool=anymultirange,anymultirange bool=anymultirange,anyrange bool=anyrange,anyelement \
  bool=anyrange,anymultirange bool=anyrange,anyrange bool=box,box bool=box,point \
  bool=circle,circle bool=circle,point bool=jsonb,jsonb bool=path,point bool=polygon,point \
  bool=polygon,polygon bool=tsquery,tsquery
  @? bool=jsonb,jsonpath
  @@ point=box point=circle point=lseg point=polygon bool=jsonb,jsonpath bool=text,text \
  bool=text,tsquery bool=tsquery,tsvector bool=tsvector,tsquery
  @@@ bool=tsquery,tsvector bool=tsvector,tsquery
  ^ float8=float8,float8 numeric=numeric,numeric
  ^@ bool=text,text
  | bit=bit,bit inet=inet,inet int2=int2,int2 int4=int4,int4 int8=int8,int8 \
  macaddr=macaddr,macaddr macaddr8=macaddr8,macaddr8
  |&> bool=box,box bool=circle,circle bool=polygon,polygon
  |/ float8=float8
  |>> bool=box,box bool=circle,circle bool=point,point bool=polygon,polygon
  || anycompatiblearray=anycompatible,anycompatiblearray \
  anycompatiblearray=anycompatiblearray,anycompatible \
  anycompatiblearray=anycompatiblearray,anycompatiblearray text=anynonarray,text \
  bytea=bytea,bytea jsonb=jsonb,jsonb text=text,anynonarray text=text,text \
  tsquery=tsquery,tsquery tsvector=tsvector,tsvector varbit=varbit,varbit
  ||/ float8=float8
  ~ bit=bit inet=inet int2=int2 int4=int4 int8=int8 macaddr=macaddr macaddr8=macaddr8 \
  bool=bpchar,text bool=name,text bool=text,text
  ~* bool=bpchar,text bool=name,text bool=text,text
  ~<=~ bool=bpchar,bpchar bool=text,text
  ~<~ bool=bpchar,bpchar bool=text,text
  ~= bool=box,box bool=circle,circle bool=point,point bool=polygon,polygon
  ~>=~ bool=bpchar,bpchar bool=text,text
  ~>~ bool=bpchar,bpchar bool=text,text
  ~~ bool=bpchar,text bool=bytea,bytea bool=name,text bool=text,text
  ~~* bool=bpchar,text bool=name,text bool=text,text
  """

/// `pg_proc`: the result and the arguments; `/n` where the last n have defaults, `*` where the last is
/// VARIADIC.
let catalogFunctions = """
  abbrev text=cidr text=inet
  abs float4=float4 float8=float8 int2=int2 int4=int4 int8=int8 numeric=numeric
  aclcontains bool=_aclitem,aclitem
  acldefault _aclitem=char,oid
  aclexplode record=_aclitem
  aclinsert _aclitem=_aclitem,aclitem
  aclitemeq bool=aclitem,aclitem
  aclremove _aclitem=_aclitem,aclitem
  acos float8=float8
  acosd float8=float8
  acosh float8=float8
  age int4=xid interval=timestamp interval=timestamp,timestamp interval=timestamptz \
  interval=timestamptz,timestamptz
  amvalidate bool=oid
  anyarray_send bytea=anyarray
  anycompatiblearray_send bytea=anycompatiblearray
  anytextcat text=anynonarray,text
  area float8=box float8=circle float8=path
  array_agg anyarray=anyarray anyarray=anynonarray
  array_append anycompatiblearray=anycompatiblearray,anycompatible
  array_cat anycompatiblearray=anycompatiblearray,anycompatiblearray
  array_dims text=anyarray
  array_eq bool=anyarray,anyarray
  array_fill anyarray=anyelement,_int4 anyarray=anyelement,_int4,_int4
  array_ge bool=anyarray,anyarray
  array_gt bool=anyarray,anyarray
  array_larger anyarray=anyarray,anyarray
  array_le bool=anyarray,anyarray
  array_length int4=anyarray,int4
  array_lower int4=anyarray,int4
  array_lt bool=anyarray,anyarray
  array_ndims int4=anyarray
  array_ne bool=anyarray,anyarray
  array_position int4=anycompatiblearray,anycompatible \
  int4=anycompatiblearray,anycompatible,int4
  array_positions _int4=anycompatiblearray,anycompatible
  array_prepend anycompatiblearray=anycompatible,anycompatiblearray
  array_remove anycompatiblearray=anycompatiblearray,anycompatible
  array_replace anycompatiblearray=anycompatiblearray,anycompatible,anycompatible
  array_send bytea=anyarray
  array_smaller anyarray=anyarray,anyarray
  array_to_json json=anyarray json=anyarray,bool
  array_to_string text=anyarray,text text=anyarray,text,text
  array_to_tsvector tsvector=_text
  array_upper int4=anyarray,int4
  arraycontained bool=anyarray,anyarray
  arraycontains bool=anyarray,anyarray
  arrayoverlap bool=anyarray,anyarray
  ascii int4=text
  asin float8=float8
  asind float8=float8
  asinh float8=float8
  atan float8=float8
  atan2 float8=float8,float8
  atan2d float8=float8,float8
  atand float8=float8
  atanh float8=float8
  avg float8=float4 float8=float8 interval=interval numeric=int2 numeric=int4 numeric=int8 \
  numeric=numeric
  bit bit=bit,int4,bool bit=int4,int4 bit=int8,int4
  bit_and bit=bit int2=int2 int4=int4 int8=int8
  bit_count int8=bit int8=bytea
  bit_length int4=bit int4=bytea int4=text
  bit_or bit=bit int2=int2 int4=int4 int8=int8
  bit_send bytea=bit
  bit_xor bit=bit int2=int2 int4=int4 int8=int8
  bitand bit=bit,bit
  bitcat varbit=varbit,varbit
  bitcmp int4=bit,bit
  biteq bool=bit,bit
  bitge bool=bit,bit
  bitgt bool=bit,bit
  bitle bool=bit,bit
  bitlt bool=bit,bit
  bitne bool=bit,bit
  bitnot bit=bit
  bitor bit=bit,bit
  bitshiftleft bit=bit,int4
  bitshiftright bit=bit,int4
  bittypmodin int4=_cstring
  bitxor bit=bit,bit
  bool bool=int4 bool=jsonb
  bool_and bool=bool
  bool_or bool=bool
  booland_statefunc bool=bool,bool
  booleq bool=bool,bool
  boolge bool=bool,bool
  boolgt bool=bool,bool
  boolle bool=bool,bool
  boollt bool=bool,bool
  boolne bool=bool,bool
  boolor_statefunc bool=bool,bool
  boolsend bytea=bool
  bound_box box=box,box
  box box=circle box=point box=point,point box=polygon
  box_above bool=box,box
  box_above_eq bool=box,box
  box_add box=box,point
  box_below bool=box,box
  box_below_eq bool=box,box
  box_center point=box
  box_contain bool=box,box
  box_contain_pt bool=box,point
  box_contained bool=box,box
  box_distance float8=box,box
  box_div box=box,point
  box_eq bool=box,box
  box_ge bool=box,box
  box_gt bool=box,box
  box_intersect box=box,box
  box_le bool=box,box
  box_left bool=box,box
  box_lt bool=box,box
  box_mul box=box,point
  box_overabove bool=box,box
  box_overbelow bool=box,box
  box_overlap bool=box,box
  box_overleft bool=box,box
  box_overright bool=box,box
  box_right bool=box,box
  box_same bool=box,box
  box_send bytea=box
  box_sub box=box,point
  bpchar bpchar=bpchar,int4,bool bpchar=char bpchar=name
  bpchar_larger bpchar=bpchar,bpchar
  bpchar_pattern_ge bool=bpchar,bpchar
  bpchar_pattern_gt bool=bpchar,bpchar
  bpchar_pattern_le bool=bpchar,bpchar
  bpchar_pattern_lt bool=bpchar,bpchar
  bpchar_smaller bpchar=bpchar,bpchar
  bpcharcmp int4=bpchar,bpchar
  bpchareq bool=bpchar,bpchar
  bpcharge bool=bpchar,bpchar
  bpchargt bool=bpchar,bpchar
  bpchariclike bool=bpchar,text
  bpcharicnlike bool=bpchar,text
  bpcharicregexeq bool=bpchar,text
  bpcharicregexne bool=bpchar,text
  bpcharle bool=bpchar,bpchar
  bpcharlike bool=bpchar,text
  bpcharlt bool=bpchar,bpchar
  bpcharne bool=bpchar,bpchar
  bpcharnlike bool=bpchar,text
  bpcharregexeq bool=bpchar,text
  bpcharregexne bool=bpchar,text
  bpcharsend bytea=bpchar
  bpchartypmodin int4=_cstring
  brin_bloom_summary_send bytea=pg_brin_bloom_summary
  brin_desummarize_range void=regclass,int8
  brin_minmax_multi_summary_send bytea=pg_brin_minmax_multi_summary
  brin_summarize_new_values int4=regclass
  brin_summarize_range int4=regclass,int8
  broadcast inet=inet
  btarraycmp int4=anyarray,anyarray
  btboolcmp int4=bool,bool
  btbpchar_pattern_cmp int4=bpchar,bpchar
  btcharcmp int4=char,char
  btequalimage bool=oid
  btfloat48cmp int4=float4,float8
  btfloat4cmp int4=float4,float4
  btfloat84cmp int4=float8,float4
  btfloat8cmp int4=float8,float8
  btint24cmp int4=int2,int4
  btint28cmp int4=int2,int8
  btint2cmp int4=int2,int2
  btint42cmp int4=int4,int2
  btint48cmp int4=int4,int8
  btint4cmp int4=int4,int4
  btint82cmp int4=int8,int2
  btint84cmp int4=int8,int4
  btint8cmp int4=int8,int8
  btnamecmp int4=name,name
  btnametextcmp int4=name,text
  btoidcmp int4=oid,oid
  btoidvectorcmp int4=oidvector,oidvector
  btrecordcmp int4=record,record
  btrecordimagecmp int4=record,record
  btrim bytea=bytea,bytea text=text text=text,text
  bttext_pattern_cmp int4=text,text
  bttextcmp int4=text,text
  bttextnamecmp int4=text,name
  bttidcmp int4=tid,tid
  btvarstrequalimage bool=oid
  byteacat bytea=bytea,bytea
  byteacmp int4=bytea,bytea
  byteaeq bool=bytea,bytea
  byteage bool=bytea,bytea
  byteagt bool=bytea,bytea
  byteale bool=bytea,bytea
  bytealike bool=bytea,bytea
  bytealt bool=bytea,bytea
  byteane bool=bytea,bytea
  byteanlike bool=bytea,bytea
  byteasend bytea=bytea
  cardinality int4=anyarray
  cash_cmp int4=money,money
  cash_div_cash float8=money,money
  cash_div_flt4 money=money,float4
  cash_div_flt8 money=money,float8
  cash_div_int2 money=money,int2
  cash_div_int4 money=money,int4
  cash_div_int8 money=money,int8
  cash_eq bool=money,money
  cash_ge bool=money,money
  cash_gt bool=money,money
  cash_le bool=money,money
  cash_lt bool=money,money
  cash_mi money=money,money
  cash_mul_flt4 money=money,float4
  cash_mul_flt8 money=money,float8
  cash_mul_int2 money=money,int2
  cash_mul_int4 money=money,int4
  cash_mul_int8 money=money,int8
  cash_ne bool=money,money
  cash_pl money=money,money
  cash_send bytea=money
  cash_words text=money
  cashlarger money=money,money
  cashsmaller money=money,money
  cbrt float8=float8
  ceil float8=float8 numeric=numeric
  ceiling float8=float8 numeric=numeric
  center point=box point=circle
  char char=int4 char=text
  char_length int4=bpchar int4=text
  character_length int4=bpchar int4=text
  chareq bool=char,char
  charge bool=char,char
  chargt bool=char,char
  charle bool=char,char
  charlt bool=char,char
  charne bool=char,char
  charsend bytea=char
  chr text=int4
  cideq bool=cid,cid
  cidr cidr=inet
  cidr_send bytea=cidr
  cidsend bytea=cid
  circle circle=box circle=point,float8 circle=polygon
  circle_above bool=circle,circle
  circle_add_pt circle=circle,point
  circle_below bool=circle,circle
  circle_center point=circle
  circle_contain bool=circle,circle
  circle_contain_pt bool=circle,point
  circle_contained bool=circle,circle
  circle_distance float8=circle,circle
  circle_div_pt circle=circle,point
  circle_eq bool=circle,circle
  circle_ge bool=circle,circle
  circle_gt bool=circle,circle
  circle_le bool=circle,circle
  circle_left bool=circle,circle
  circle_lt bool=circle,circle
  circle_mul_pt circle=circle,point
  circle_ne bool=circle,circle
  circle_overabove bool=circle,circle
  circle_overbelow bool=circle,circle
  circle_overlap bool=circle,circle
  circle_overleft bool=circle,circle
  circle_overright bool=circle,circle
  circle_right bool=circle,circle
  circle_same bool=circle,circle
  circle_send bytea=circle
  circle_sub_pt circle=circle,point
  clock_timestamp timestamptz=
  close_ls point=line,lseg
  close_lseg point=lseg,lseg
  close_pb point=point,box
  close_pl point=point,line
  close_ps point=point,lseg
  close_sb point=lseg,box
  col_description text=oid,int4
  concat text*=any
  concat_ws text*=text,any
  convert bytea=bytea,name,name
  convert_from text=bytea,name
  convert_to bytea=text,name
  corr float8=float8,float8
  cos float8=float8
  cosd float8=float8
  cosh float8=float8
  cot float8=float8
  cotd float8=float8
  count int8= int8=any
  covar_pop float8=float8,float8
  covar_samp float8=float8,float8
  cume_dist float8*=any float8=
  current_database name=
  current_query text=
  current_schema name=
  current_schemas _name=bool
  current_setting text=text text=text,bool
  current_user name=
  currtid2 tid=text,tid
  currval int8=regclass
  cursor_to_xml xml=refcursor,int4,bool,bool,text
  cursor_to_xmlschema xml=refcursor,bool,bool,text
  database_to_xml xml=bool,bool,text
  database_to_xml_and_xmlschema xml=bool,bool,text
  database_to_xmlschema xml=bool,bool,text
  date date=timestamp date=timestamptz
  date_bin timestamp=interval,timestamp,timestamp timestamptz=interval,timestamptz,timestamptz
  date_cmp int4=date,date
  date_cmp_timestamp int4=date,timestamp
  date_cmp_timestamptz int4=date,timestamptz
  date_eq bool=date,date
  date_eq_timestamp bool=date,timestamp
  date_eq_timestamptz bool=date,timestamptz
  date_ge bool=date,date
  date_ge_timestamp bool=date,timestamp
  date_ge_timestamptz bool=date,timestamptz
  date_gt bool=date,date
  date_gt_timestamp bool=date,timestamp
  date_gt_timestamptz bool=date,timestamptz
  date_larger date=date,date
  date_le bool=date,date
  date_le_timestamp bool=date,timestamp
  date_le_timestamptz bool=date,timestamptz
  date_lt bool=date,date
  date_lt_timestamp bool=date,timestamp
  date_lt_timestamptz bool=date,timestamptz
  date_mi int4=date,date
  date_mi_interval timestamp=date,interval
  date_mii date=date,int4
  date_ne bool=date,date
  date_ne_timestamp bool=date,timestamp
  date_ne_timestamptz bool=date,timestamptz
  date_part float8=text,date float8=text,interval float8=text,time float8=text,timestamp \
  float8=text,timestamptz float8=text,timetz
  date_pl_interval timestamp=date,interval
  date_pli date=date,int4
  date_send bytea=date
  date_smaller date=date,date
  date_trunc interval=text,interval timestamp=text,timestamp timestamptz=text,timestamptz \
  timestamptz=text,timestamptz,text
  datemultirange datemultirange*=_daterange datemultirange= datemultirange=daterange
  daterange daterange=date,date daterange=date,date,text
  daterange_canonical daterange=daterange
  daterange_subdiff float8=date,date
  datetime_pl timestamp=date,time
  datetimetz_pl timestamptz=date,timetz
  dcbrt float8=float8
  decode bytea=text,text
  degrees float8=float8
  dense_rank int8*=any int8=
  dexp float8=float8
  diagonal lseg=box
  diameter float8=circle
  dist_bp float8=box,point
  dist_bs float8=box,lseg
  dist_cpoint float8=circle,point
  dist_cpoly float8=circle,polygon
  dist_lp float8=line,point
  dist_ls float8=line,lseg
  dist_pathp float8=path,point
  dist_pb float8=point,box
  dist_pc float8=point,circle
  dist_pl float8=point,line
  dist_polyc float8=polygon,circle
  dist_polyp float8=polygon,point
  dist_ppath float8=point,path
  dist_ppoly float8=point,polygon
  dist_ps float8=point,lseg
  dist_sb float8=lseg,box
  dist_sl float8=lseg,line
  dist_sp float8=lseg,point
  div numeric=numeric,numeric
  dlog1 float8=float8
  dlog10 float8=float8
  dpow float8=float8,float8
  dround float8=float8
  dsqrt float8=float8
  dtrunc float8=float8
  elem_contained_by_multirange bool=anyelement,anymultirange
  elem_contained_by_range bool=anyelement,anyrange
  encode text=bytea,text
  enum_cmp int4=anyenum,anyenum
  enum_eq bool=anyenum,anyenum
  enum_first anyenum=anyenum
  enum_ge bool=anyenum,anyenum
  enum_gt bool=anyenum,anyenum
  enum_larger anyenum=anyenum,anyenum
  enum_last anyenum=anyenum
  enum_le bool=anyenum,anyenum
  enum_lt bool=anyenum,anyenum
  enum_ne bool=anyenum,anyenum
  enum_range anyarray=anyenum anyarray=anyenum,anyenum
  enum_send bytea=anyenum
  enum_smaller anyenum=anyenum,anyenum
  every bool=bool
  exp float8=float8 numeric=numeric
  extract numeric=text,date numeric=text,interval numeric=text,time numeric=text,timestamp \
  numeric=text,timestamptz numeric=text,timetz
  factorial numeric=int8
  family int4=inet
  first_value anyelement=anyelement
  float4 float4=float8 float4=int2 float4=int4 float4=int8 float4=jsonb float4=numeric
  float48div float8=float4,float8
  float48eq bool=float4,float8
  float48ge bool=float4,float8
  float48gt bool=float4,float8
  float48le bool=float4,float8
  float48lt bool=float4,float8
  float48mi float8=float4,float8
  float48mul float8=float4,float8
  float48ne bool=float4,float8
  float48pl float8=float4,float8
  float4_accum _float8=_float8,float4
  float4abs float4=float4
  float4div float4=float4,float4
  float4eq bool=float4,float4
  float4ge bool=float4,float4
  float4gt bool=float4,float4
  float4larger float4=float4,float4
  float4le bool=float4,float4
  float4lt bool=float4,float4
  float4mi float4=float4,float4
  float4mul float4=float4,float4
  float4ne bool=float4,float4
  float4pl float4=float4,float4
  float4send bytea=float4
  float4smaller float4=float4,float4
  float4um float4=float4
  float4up float4=float4
  float8 float8=float4 float8=int2 float8=int4 float8=int8 float8=jsonb float8=numeric
  float84div float8=float8,float4
  float84eq bool=float8,float4
  float84ge bool=float8,float4
  float84gt bool=float8,float4
  float84le bool=float8,float4
  float84lt bool=float8,float4
  float84mi float8=float8,float4
  float84mul float8=float8,float4
  float84ne bool=float8,float4
  float84pl float8=float8,float4
  float8_accum _float8=_float8,float8
  float8_avg float8=_float8
  float8_combine _float8=_float8,_float8
  float8_corr float8=_float8
  float8_covar_pop float8=_float8
  float8_covar_samp float8=_float8
  float8_regr_accum _float8=_float8,float8,float8
  float8_regr_avgx float8=_float8
  float8_regr_avgy float8=_float8
  float8_regr_combine _float8=_float8,_float8
  float8_regr_intercept float8=_float8
  float8_regr_r2 float8=_float8
  float8_regr_slope float8=_float8
  float8_regr_sxx float8=_float8
  float8_regr_sxy float8=_float8
  float8_regr_syy float8=_float8
  float8_stddev_pop float8=_float8
  float8_stddev_samp float8=_float8
  float8_var_pop float8=_float8
  float8_var_samp float8=_float8
  float8abs float8=float8
  float8div float8=float8,float8
  float8eq bool=float8,float8
  float8ge bool=float8,float8
  float8gt bool=float8,float8
  float8larger float8=float8,float8
  float8le bool=float8,float8
  float8lt bool=float8,float8
  float8mi float8=float8,float8
  float8mul float8=float8,float8
  float8ne bool=float8,float8
  float8pl float8=float8,float8
  float8send bytea=float8
  float8smaller float8=float8,float8
  float8um float8=float8
  float8up float8=float8
  floor float8=float8 numeric=numeric
  flt4_mul_cash money=float4,money
  flt8_mul_cash money=float8,money
  fmgr_c_validator void=oid
  fmgr_internal_validator void=oid
  fmgr_sql_validator void=oid
  format text*=text,any text=text
  format_type text=oid,int4
  gcd int4=int4,int4 int8=int8,int8 numeric=numeric,numeric
  gen_random_uuid uuid=
  generate_series int4=int4,int4 int4=int4,int4,int4 int8=int8,int8 int8=int8,int8,int8 \
  numeric=numeric,numeric numeric=numeric,numeric,numeric \
  timestamp=timestamp,timestamp,interval timestamptz=timestamptz,timestamptz,interval
  generate_subscripts int4=anyarray,int4 int4=anyarray,int4,bool
  get_bit int4=bit,int4 int4=bytea,int8
  get_byte int4=bytea,int4
  get_current_ts_config regconfig=
  getdatabaseencoding name=
  getpgusername name=
  gin_clean_pending_list int8=regclass
  gin_cmp_tslexeme int4=text,text
  gin_compare_jsonb int4=text,text
  hash_aclitem int4=aclitem
  hash_aclitem_extended int8=aclitem,int8
  hash_array int4=anyarray
  hash_array_extended int8=anyarray,int8
  hash_multirange int4=anymultirange
  hash_multirange_extended int8=anymultirange,int8
  hash_numeric int4=numeric
  hash_numeric_extended int8=numeric,int8
  hash_range int4=anyrange
  hash_range_extended int8=anyrange,int8
  hash_record int4=record
  hash_record_extended int8=record,int8
  hashbpchar int4=bpchar
  hashbpcharextended int8=bpchar,int8
  hashchar int4=char
  hashcharextended int8=char,int8
  hashenum int4=anyenum
  hashenumextended int8=anyenum,int8
  hashfloat4 int4=float4
  hashfloat4extended int8=float4,int8
  hashfloat8 int4=float8
  hashfloat8extended int8=float8,int8
  hashinet int4=inet
  hashinetextended int8=inet,int8
  hashint2 int4=int2
  hashint2extended int8=int2,int8
  hashint4 int4=int4
  hashint4extended int8=int4,int8
  hashint8 int4=int8
  hashint8extended int8=int8,int8
  hashmacaddr int4=macaddr
  hashmacaddr8 int4=macaddr8
  hashmacaddr8extended int8=macaddr8,int8
  hashmacaddrextended int8=macaddr,int8
  hashname int4=name
  hashnameextended int8=name,int8
  hashoid int4=oid
  hashoidextended int8=oid,int8
  hashoidvector int4=oidvector
  hashoidvectorextended int8=oidvector,int8
  hashtext int4=text
  hashtextextended int8=text,int8
  hashtid int4=tid
  hashtidextended int8=tid,int8
  height float8=box
  host text=inet
  hostmask inet=inet
  in_range bool=date,date,interval,bool,bool bool=float4,float4,float8,bool,bool \
  bool=float8,float8,float8,bool,bool bool=int2,int2,int2,bool,bool \
  bool=int2,int2,int4,bool,bool bool=int2,int2,int8,bool,bool bool=int4,int4,int2,bool,bool \
  bool=int4,int4,int4,bool,bool bool=int4,int4,int8,bool,bool bool=int8,int8,int8,bool,bool \
  bool=interval,interval,interval,bool,bool bool=numeric,numeric,numeric,bool,bool \
  bool=time,time,interval,bool,bool bool=timestamp,timestamp,interval,bool,bool \
  bool=timestamptz,timestamptz,interval,bool,bool bool=timetz,timetz,interval,bool,bool
  inet_client_addr inet=
  inet_client_port int4=
  inet_merge cidr=inet,inet
  inet_same_family bool=inet,inet
  inet_send bytea=inet
  inet_server_addr inet=
  inet_server_port int4=
  inetand inet=inet,inet
  inetmi int8=inet,inet
  inetmi_int8 inet=inet,int8
  inetnot inet=inet
  inetor inet=inet,inet
  inetpl inet=inet,int8
  initcap text=text
  int2 int2=float4 int2=float8 int2=int4 int2=int8 int2=jsonb int2=numeric
  int24div int4=int2,int4
  int24eq bool=int2,int4
  int24ge bool=int2,int4
  int24gt bool=int2,int4
  int24le bool=int2,int4
  int24lt bool=int2,int4
  int24mi int4=int2,int4
  int24mul int4=int2,int4
  int24ne bool=int2,int4
  int24pl int4=int2,int4
  int28div int8=int2,int8
  int28eq bool=int2,int8
  int28ge bool=int2,int8
  int28gt bool=int2,int8
  int28le bool=int2,int8
  int28lt bool=int2,int8
  int28mi int8=int2,int8
  int28mul int8=int2,int8
  int28ne bool=int2,int8
  int28pl int8=int2,int8
  int2_avg_accum _int8=_int8,int2
  int2_avg_accum_inv _int8=_int8,int2
  int2_mul_cash money=int2,money
  int2_sum int8=int8,int2
  int2abs int2=int2
  int2and int2=int2,int2
  int2div int2=int2,int2
  int2eq bool=int2,int2
  int2ge bool=int2,int2
  int2gt bool=int2,int2
  int2int4_sum int8=_int8
  int2larger int2=int2,int2
  int2le bool=int2,int2
  int2lt bool=int2,int2
  int2mi int2=int2,int2
  int2mod int2=int2,int2
  int2mul int2=int2,int2
  int2ne bool=int2,int2
  int2not int2=int2
  int2or int2=int2,int2
  int2pl int2=int2,int2
  int2send bytea=int2
  int2shl int2=int2,int4
  int2shr int2=int2,int4
  int2smaller int2=int2,int2
  int2um int2=int2
  int2up int2=int2
  int2vectorsend bytea=int2vector
  int2xor int2=int2,int2
  int4 int4=bit int4=bool int4=char int4=float4 int4=float8 int4=int2 int4=int8 int4=jsonb \
  int4=numeric
  int42div int4=int4,int2
  int42eq bool=int4,int2
  int42ge bool=int4,int2
  int42gt bool=int4,int2
  int42le bool=int4,int2
  int42lt bool=int4,int2
  int42mi int4=int4,int2
  int42mul int4=int4,int2
  int42ne bool=int4,int2
  int42pl int4=int4,int2
  int48div int8=int4,int8
  int48eq bool=int4,int8
  int48ge bool=int4,int8
  int48gt bool=int4,int8
  int48le bool=int4,int8
  int48lt bool=int4,int8
  int48mi int8=int4,int8
  int48mul int8=int4,int8
  int48ne bool=int4,int8
  int48pl int8=int4,int8
  int4_avg_accum _int8=_int8,int4
  int4_avg_accum_inv _int8=_int8,int4
  int4_avg_combine _int8=_int8,_int8
  int4_mul_cash money=int4,money
  int4_sum int8=int8,int4
  int4abs int4=int4
  int4and int4=int4,int4
  int4div int4=int4,int4
  int4eq bool=int4,int4
  int4ge bool=int4,int4
  int4gt bool=int4,int4
  int4inc int4=int4
  int4larger int4=int4,int4
  int4le bool=int4,int4
  int4lt bool=int4,int4
  int4mi int4=int4,int4
  int4mod int4=int4,int4
  int4mul int4=int4,int4
  int4multirange int4multirange*=_int4range int4multirange= int4multirange=int4range
  int4ne bool=int4,int4
  int4not int4=int4
  int4or int4=int4,int4
  int4pl int4=int4,int4
  int4range int4range=int4,int4 int4range=int4,int4,text
  int4range_canonical int4range=int4range
  int4range_subdiff float8=int4,int4
  int4send bytea=int4
  int4shl int4=int4,int4
  int4shr int4=int4,int4
  int4smaller int4=int4,int4
  int4um int4=int4
  int4up int4=int4
  int4xor int4=int4,int4
  int8 int8=bit int8=float4 int8=float8 int8=int2 int8=int4 int8=jsonb int8=numeric int8=oid
  int82div int8=int8,int2
  int82eq bool=int8,int2
  int82ge bool=int8,int2
  int82gt bool=int8,int2
  int82le bool=int8,int2
  int82lt bool=int8,int2
  int82mi int8=int8,int2
  int82mul int8=int8,int2
  int82ne bool=int8,int2
  int82pl int8=int8,int2
  int84div int8=int8,int4
  int84eq bool=int8,int4
  int84ge bool=int8,int4
  int84gt bool=int8,int4
  int84le bool=int8,int4
  int84lt bool=int8,int4
  int84mi int8=int8,int4
  int84mul int8=int8,int4
  int84ne bool=int8,int4
  int84pl int8=int8,int4
  int8_avg numeric=_int8
  int8_mul_cash money=int8,money
  int8_sum numeric=numeric,int8
  int8abs int8=int8
  int8and int8=int8,int8
  int8dec int8=int8
  int8dec_any int8=int8,any
  int8div int8=int8,int8
  int8eq bool=int8,int8
  int8ge bool=int8,int8
  int8gt bool=int8,int8
  int8inc int8=int8
  int8inc_any int8=int8,any
  int8inc_float8_float8 int8=int8,float8,float8
  int8larger int8=int8,int8
  int8le bool=int8,int8
  int8lt bool=int8,int8
  int8mi int8=int8,int8
  int8mod int8=int8,int8
  int8mul int8=int8,int8
  int8multirange int8multirange*=_int8range int8multirange= int8multirange=int8range
  int8ne bool=int8,int8
  int8not int8=int8
  int8or int8=int8,int8
  int8pl int8=int8,int8
  int8pl_inet inet=int8,inet
  int8range int8range=int8,int8 int8range=int8,int8,text
  int8range_canonical int8range=int8range
  int8range_subdiff float8=int8,int8
  int8send bytea=int8
  int8shl int8=int8,int4
  int8shr int8=int8,int4
  int8smaller int8=int8,int8
  int8um int8=int8
  int8up int8=int8
  int8xor int8=int8,int8
  integer_pl_date date=int4,date
  inter_lb bool=line,box
  inter_sb bool=lseg,box
  inter_sl bool=lseg,line
  interval interval=interval,int4 interval=time
  interval_accum _interval=_interval,interval
  interval_accum_inv _interval=_interval,interval
  interval_avg interval=_interval
  interval_cmp int4=interval,interval
  interval_combine _interval=_interval,_interval
  interval_div interval=interval,float8
  interval_eq bool=interval,interval
  interval_ge bool=interval,interval
  interval_gt bool=interval,interval
  interval_hash int4=interval
  interval_hash_extended int8=interval,int8
  interval_larger interval=interval,interval
  interval_le bool=interval,interval
  interval_lt bool=interval,interval
  interval_mi interval=interval,interval
  interval_mul interval=interval,float8
  interval_ne bool=interval,interval
  interval_pl interval=interval,interval
  interval_pl_date timestamp=interval,date
  interval_pl_time time=interval,time
  interval_pl_timestamp timestamp=interval,timestamp
  interval_pl_timestamptz timestamptz=interval,timestamptz
  interval_pl_timetz timetz=interval,timetz
  interval_send bytea=interval
  interval_smaller interval=interval,interval
  interval_um interval=interval
  intervaltypmodin int4=_cstring
  is_normalized bool/1=text,text
  isclosed bool=path
  isempty bool=anymultirange bool=anyrange
  isfinite bool=date bool=interval bool=timestamp bool=timestamptz
  ishorizontal bool=line bool=lseg bool=point,point
  isopen bool=path
  isparallel bool=line,line bool=lseg,lseg
  isperp bool=line,line bool=lseg,lseg
  isvertical bool=line bool=lseg bool=point,point
  json_agg json=anyelement
  json_array_element json=json,int4
  json_array_element_text text=json,int4
  json_array_elements json=json
  json_array_elements_text text=json
  json_array_length int4=json
  json_build_array json*=any json=
  json_build_object json*=any json=
  json_each record=json
  json_each_text record=json
  json_extract_path json*=json,_text
  json_extract_path_text text*=json,_text
  json_object json=_text json=_text,_text
  json_object_agg json=any,any
  json_object_field json=json,text
  json_object_field_text text=json,text
  json_object_keys text=json
  json_populate_record anyelement/1=anyelement,json,bool
  json_populate_recordset anyelement/1=anyelement,json,bool
  json_send bytea=json
  json_strip_nulls json=json
  json_to_record record=json
  json_to_recordset record=json
  json_to_tsvector tsvector=json,jsonb tsvector=regconfig,json,jsonb
  json_typeof text=json
  jsonb_agg jsonb=anyelement
  jsonb_array_element jsonb=jsonb,int4
  jsonb_array_element_text text=jsonb,int4
  jsonb_array_elements jsonb=jsonb
  jsonb_array_elements_text text=jsonb
  jsonb_array_length int4=jsonb
  jsonb_build_array jsonb*=any jsonb=
  jsonb_build_object jsonb*=any jsonb=
  jsonb_cmp int4=jsonb,jsonb
  jsonb_concat jsonb=jsonb,jsonb
  jsonb_contained bool=jsonb,jsonb
  jsonb_contains bool=jsonb,jsonb
  jsonb_delete jsonb*=jsonb,_text jsonb=jsonb,int4 jsonb=jsonb,text
  jsonb_delete_path jsonb=jsonb,_text
  jsonb_each record=jsonb
  jsonb_each_text record=jsonb
  jsonb_eq bool=jsonb,jsonb
  jsonb_exists bool=jsonb,text
  jsonb_exists_all bool=jsonb,_text
  jsonb_exists_any bool=jsonb,_text
  jsonb_extract_path jsonb*=jsonb,_text
  jsonb_extract_path_text text*=jsonb,_text
  jsonb_ge bool=jsonb,jsonb
  jsonb_gt bool=jsonb,jsonb
  jsonb_hash int4=jsonb
  jsonb_hash_extended int8=jsonb,int8
  jsonb_insert jsonb/1=jsonb,_text,jsonb,bool
  jsonb_le bool=jsonb,jsonb
  jsonb_lt bool=jsonb,jsonb
  jsonb_ne bool=jsonb,jsonb
  jsonb_object jsonb=_text jsonb=_text,_text
  jsonb_object_agg jsonb=any,any
  jsonb_object_field jsonb=jsonb,text
  jsonb_object_field_text text=jsonb,text
  jsonb_object_keys text=jsonb
  jsonb_path_exists bool/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_exists_opr bool=jsonb,jsonpath
  jsonb_path_exists_tz bool/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_match bool/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_match_opr bool=jsonb,jsonpath
  jsonb_path_match_tz bool/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_query jsonb/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_query_array jsonb/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_query_array_tz jsonb/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_query_first jsonb/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_query_first_tz jsonb/2=jsonb,jsonpath,jsonb,bool
  jsonb_path_query_tz jsonb/2=jsonb,jsonpath,jsonb,bool
  jsonb_populate_record anyelement=anyelement,jsonb
  jsonb_populate_recordset anyelement=anyelement,jsonb
  jsonb_pretty text=jsonb
  jsonb_send bytea=jsonb
  jsonb_set jsonb/1=jsonb,_text,jsonb,bool
  jsonb_set_lax jsonb/2=jsonb,_text,jsonb,bool,text
  jsonb_strip_nulls jsonb=jsonb
  jsonb_to_record record=jsonb
  jsonb_to_recordset record=jsonb
  jsonb_to_tsvector tsvector=jsonb,jsonb tsvector=regconfig,jsonb,jsonb
  jsonb_typeof text=jsonb
  jsonpath_send bytea=jsonpath
  justify_days interval=interval
  justify_hours interval=interval
  justify_interval interval=interval
  lag anycompatible=anycompatible,int4,anycompatible anyelement=anyelement \
  anyelement=anyelement,int4
  last_value anyelement=anyelement
  lastval int8=
  lcm int4=int4,int4 int8=int8,int8 numeric=numeric,numeric
  lead anycompatible=anycompatible,int4,anycompatible anyelement=anyelement \
  anyelement=anyelement,int4
  left text=text,int4
  length float8=lseg float8=path int4=bit int4=bpchar int4=bytea int4=bytea,name int4=text \
  int4=tsvector
  like bool=bytea,bytea bool=name,text bool=text,text
  like_escape bytea=bytea,bytea text=text,text
  line line=point,point
  line_distance float8=line,line
  line_eq bool=line,line
  line_horizontal bool=line
  line_interpt point=line,line
  line_intersect bool=line,line
  line_parallel bool=line,line
  line_perp bool=line,line
  line_send bytea=line
  line_vertical bool=line
  ln float8=float8 numeric=numeric
  lo_close int4=int4
  lo_creat oid=int4
  lo_create oid=oid
  lo_export int4=oid,text
  lo_from_bytea oid=oid,bytea
  lo_get bytea=oid bytea=oid,int8,int4
  lo_import oid=text oid=text,oid
  lo_lseek int4=int4,int4,int4
  lo_lseek64 int8=int4,int8,int4
  lo_open int4=oid,int4
  lo_put void=oid,int8,bytea
  lo_tell int4=int4
  lo_tell64 int8=int4
  lo_truncate int4=int4,int4
  lo_truncate64 int4=int4,int8
  lo_unlink int4=oid
  log float8=float8 numeric=numeric numeric=numeric,numeric
  log10 float8=float8 numeric=numeric
  loread bytea=int4,int4
  lower anyelement=anymultirange anyelement=anyrange text=text
  lower_inc bool=anymultirange bool=anyrange
  lower_inf bool=anymultirange bool=anyrange
  lowrite int4=int4,bytea
  lpad text=text,int4 text=text,int4,text
  lseg lseg=box lseg=point,point
  lseg_center point=lseg
  lseg_distance float8=lseg,lseg
  lseg_eq bool=lseg,lseg
  lseg_ge bool=lseg,lseg
  lseg_gt bool=lseg,lseg
  lseg_horizontal bool=lseg
  lseg_interpt point=lseg,lseg
  lseg_intersect bool=lseg,lseg
  lseg_le bool=lseg,lseg
  lseg_length float8=lseg
  lseg_lt bool=lseg,lseg
  lseg_ne bool=lseg,lseg
  lseg_parallel bool=lseg,lseg
  lseg_perp bool=lseg,lseg
  lseg_send bytea=lseg
  lseg_vertical bool=lseg
  ltrim bytea=bytea,bytea text=text text=text,text
  macaddr macaddr=macaddr8
  macaddr8 macaddr8=macaddr
  macaddr8_and macaddr8=macaddr8,macaddr8
  macaddr8_cmp int4=macaddr8,macaddr8
  macaddr8_eq bool=macaddr8,macaddr8
  macaddr8_ge bool=macaddr8,macaddr8
  macaddr8_gt bool=macaddr8,macaddr8
  macaddr8_le bool=macaddr8,macaddr8
  macaddr8_lt bool=macaddr8,macaddr8
  macaddr8_ne bool=macaddr8,macaddr8
  macaddr8_not macaddr8=macaddr8
  macaddr8_or macaddr8=macaddr8,macaddr8
  macaddr8_send bytea=macaddr8
  macaddr8_set7bit macaddr8=macaddr8
  macaddr_and macaddr=macaddr,macaddr
  macaddr_cmp int4=macaddr,macaddr
  macaddr_eq bool=macaddr,macaddr
  macaddr_ge bool=macaddr,macaddr
  macaddr_gt bool=macaddr,macaddr
  macaddr_le bool=macaddr,macaddr
  macaddr_lt bool=macaddr,macaddr
  macaddr_ne bool=macaddr,macaddr
  macaddr_not macaddr=macaddr
  macaddr_or macaddr=macaddr,macaddr
  macaddr_send bytea=macaddr
  make_date date=int4,int4,int4
  make_interval interval/7=int4,int4,int4,int4,int4,int4,float8
  make_time time=int4,int4,float8
  make_timestamp timestamp=int4,int4,int4,int4,int4,float8
  make_timestamptz timestamptz=int4,int4,int4,int4,int4,float8 \
  timestamptz=int4,int4,int4,int4,int4,float8,text
  makeaclitem aclitem=oid,oid,text,bool
  masklen int4=inet
  max anyarray=anyarray anyenum=anyenum bpchar=bpchar date=date float4=float4 float8=float8 \
  inet=inet int2=int2 int4=int4 int8=int8 interval=interval money=money numeric=numeric oid=oid \
  pg_lsn=pg_lsn text=text tid=tid time=time timestamp=timestamp timestamptz=timestamptz \
  timetz=timetz xid8=xid8
  md5 text=bytea text=text
  min anyarray=anyarray anyenum=anyenum bpchar=bpchar date=date float4=float4 float8=float8 \
  inet=inet int2=int2 int4=int4 int8=int8 interval=interval money=money numeric=numeric oid=oid \
  pg_lsn=pg_lsn text=text tid=tid time=time timestamp=timestamp timestamptz=timestamptz \
  timetz=timetz xid8=xid8
  min_scale int4=numeric
  mod int2=int2,int2 int4=int4,int4 int8=int8,int8 numeric=numeric,numeric
  mode anyelement=anyelement
  money money=int4 money=int8 money=numeric
  mul_d_interval interval=float8,interval
  multirange anymultirange=anyrange
  multirange_adjacent_multirange bool=anymultirange,anymultirange
  multirange_adjacent_range bool=anymultirange,anyrange
  multirange_after_multirange bool=anymultirange,anymultirange
  multirange_after_range bool=anymultirange,anyrange
  multirange_before_multirange bool=anymultirange,anymultirange
  multirange_before_range bool=anymultirange,anyrange
  multirange_cmp int4=anymultirange,anymultirange
  multirange_contained_by_multirange bool=anymultirange,anymultirange
  multirange_contained_by_range bool=anymultirange,anyrange
  multirange_contains_elem bool=anymultirange,anyelement
  multirange_contains_multirange bool=anymultirange,anymultirange
  multirange_contains_range bool=anymultirange,anyrange
  multirange_eq bool=anymultirange,anymultirange
  multirange_ge bool=anymultirange,anymultirange
  multirange_gt bool=anymultirange,anymultirange
  multirange_intersect anymultirange=anymultirange,anymultirange
  multirange_intersect_agg_transfn anymultirange=anymultirange,anymultirange
  multirange_le bool=anymultirange,anymultirange
  multirange_lt bool=anymultirange,anymultirange
  multirange_minus anymultirange=anymultirange,anymultirange
  multirange_ne bool=anymultirange,anymultirange
  multirange_overlaps_multirange bool=anymultirange,anymultirange
  multirange_overlaps_range bool=anymultirange,anyrange
  multirange_overleft_multirange bool=anymultirange,anymultirange
  multirange_overleft_range bool=anymultirange,anyrange
  multirange_overright_multirange bool=anymultirange,anymultirange
  multirange_overright_range bool=anymultirange,anyrange
  multirange_send bytea=anymultirange
  multirange_union anymultirange=anymultirange,anymultirange
  mxid_age int4=xid
  name name=bpchar name=text name=varchar
  nameconcatoid name=name,oid
  nameeq bool=name,name
  nameeqtext bool=name,text
  namege bool=name,name
  namegetext bool=name,text
  namegt bool=name,name
  namegttext bool=name,text
  nameiclike bool=name,text
  nameicnlike bool=name,text
  nameicregexeq bool=name,text
  nameicregexne bool=name,text
  namele bool=name,name
  nameletext bool=name,text
  namelike bool=name,text
  namelt bool=name,name
  namelttext bool=name,text
  namene bool=name,name
  namenetext bool=name,text
  namenlike bool=name,text
  nameregexeq bool=name,text
  nameregexne bool=name,text
  namesend bytea=name
  netmask inet=inet
  network cidr=inet
  network_cmp int4=inet,inet
  network_eq bool=inet,inet
  network_ge bool=inet,inet
  network_gt bool=inet,inet
  network_larger inet=inet,inet
  network_le bool=inet,inet
  network_lt bool=inet,inet
  network_ne bool=inet,inet
  network_overlap bool=inet,inet
  network_smaller inet=inet,inet
  network_sub bool=inet,inet
  network_subeq bool=inet,inet
  network_sup bool=inet,inet
  network_supeq bool=inet,inet
  nextval int8=regclass
  normalize text/1=text,text
  notlike bool=bytea,bytea bool=name,text bool=text,text
  now timestamptz=
  npoints int4=path int4=polygon
  nth_value anyelement=anyelement,int4
  ntile int4=int4
  num_nonnulls int4*=any
  num_nulls int4*=any
  numeric numeric=float4 numeric=float8 numeric=int2 numeric=int4 numeric=int8 numeric=jsonb \
  numeric=money numeric=numeric,int4
  numeric_abs numeric=numeric
  numeric_add numeric=numeric,numeric
  numeric_cmp int4=numeric,numeric
  numeric_div numeric=numeric,numeric
  numeric_div_trunc numeric=numeric,numeric
  numeric_eq bool=numeric,numeric
  numeric_exp numeric=numeric
  numeric_ge bool=numeric,numeric
  numeric_gt bool=numeric,numeric
  numeric_inc numeric=numeric
  numeric_larger numeric=numeric,numeric
  numeric_le bool=numeric,numeric
  numeric_ln numeric=numeric
  numeric_log numeric=numeric,numeric
  numeric_lt bool=numeric,numeric
  numeric_mod numeric=numeric,numeric
  numeric_mul numeric=numeric,numeric
  numeric_ne bool=numeric,numeric
  numeric_pl_pg_lsn pg_lsn=numeric,pg_lsn
  numeric_power numeric=numeric,numeric
  numeric_send bytea=numeric
  numeric_smaller numeric=numeric,numeric
  numeric_sqrt numeric=numeric
  numeric_sub numeric=numeric,numeric
  numeric_uminus numeric=numeric
  numeric_uplus numeric=numeric
  numerictypmodin int4=_cstring
  nummultirange nummultirange*=_numrange nummultirange= nummultirange=numrange
  numnode int4=tsquery
  numrange numrange=numeric,numeric numrange=numeric,numeric,text
  numrange_subdiff float8=numeric,numeric
  obj_description text=oid text=oid,name
  octet_length int4=bit int4=bpchar int4=bytea int4=text
  oid oid=int8
  oideq bool=oid,oid
  oidge bool=oid,oid
  oidgt bool=oid,oid
  oidlarger oid=oid,oid
  oidle bool=oid,oid
  oidlt bool=oid,oid
  oidne bool=oid,oid
  oidsend bytea=oid
  oidsmaller oid=oid,oid
  oidvectoreq bool=oidvector,oidvector
  oidvectorge bool=oidvector,oidvector
  oidvectorgt bool=oidvector,oidvector
  oidvectorle bool=oidvector,oidvector
  oidvectorlt bool=oidvector,oidvector
  oidvectorne bool=oidvector,oidvector
  oidvectorsend bytea=oidvector
  oidvectortypes text=oidvector
  on_pb bool=point,box
  on_pl bool=point,line
  on_ppath bool=point,path
  on_ps bool=point,lseg
  on_sb bool=lseg,box
  on_sl bool=lseg,line
  overlaps bool=time,interval,time,interval bool=time,interval,time,time \
  bool=time,time,time,interval bool=time,time,time,time \
  bool=timestamp,interval,timestamp,interval bool=timestamp,interval,timestamp,timestamp \
  bool=timestamp,timestamp,timestamp,interval bool=timestamp,timestamp,timestamp,timestamp \
  bool=timestamptz,interval,timestamptz,interval \
  bool=timestamptz,interval,timestamptz,timestamptz \
  bool=timestamptz,timestamptz,timestamptz,interval \
  bool=timestamptz,timestamptz,timestamptz,timestamptz bool=timetz,timetz,timetz,timetz
  overlay bit=bit,bit,int4 bit=bit,bit,int4,int4 bytea=bytea,bytea,int4 \
  bytea=bytea,bytea,int4,int4 text=text,text,int4 text=text,text,int4,int4
  parse_ident _text/1=text,bool
  path path=polygon
  path_add path=path,path
  path_add_pt path=path,point
  path_contain_pt bool=path,point
  path_distance float8=path,path
  path_div_pt path=path,point
  path_inter bool=path,path
  path_length float8=path
  path_mul_pt path=path,point
  path_n_eq bool=path,path
  path_n_ge bool=path,path
  path_n_gt bool=path,path
  path_n_le bool=path,path
  path_n_lt bool=path,path
  path_npoints int4=path
  path_send bytea=path
  path_sub_pt path=path,point
  pclose path=path
  percent_rank float8*=any float8=
  percentile_cont _float8=_float8,float8 _interval=_float8,interval float8=float8,float8 \
  interval=float8,interval
  percentile_disc anyarray=_float8,anyelement anyelement=float8,anyelement
  phraseto_tsquery tsquery=regconfig,text tsquery=text
  pi float8=
  plainto_tsquery tsquery=regconfig,text tsquery=text
  point point=box point=circle point=float8,float8 point=lseg point=polygon
  point_above bool=point,point
  point_add point=point,point
  point_below bool=point,point
  point_distance float8=point,point
  point_div point=point,point
  point_eq bool=point,point
  point_horiz bool=point,point
  point_left bool=point,point
  point_mul point=point,point
  point_ne bool=point,point
  point_right bool=point,point
  point_send bytea=point
  point_sub point=point,point
  point_vert bool=point,point
  poly_above bool=polygon,polygon
  poly_below bool=polygon,polygon
  poly_center point=polygon
  poly_contain bool=polygon,polygon
  poly_contain_pt bool=polygon,point
  poly_contained bool=polygon,polygon
  poly_distance float8=polygon,polygon
  poly_left bool=polygon,polygon
  poly_npoints int4=polygon
  poly_overabove bool=polygon,polygon
  poly_overbelow bool=polygon,polygon
  poly_overlap bool=polygon,polygon
  poly_overleft bool=polygon,polygon
  poly_overright bool=polygon,polygon
  poly_right bool=polygon,polygon
  poly_same bool=polygon,polygon
  poly_send bytea=polygon
  polygon polygon=box polygon=circle polygon=int4,circle polygon=path
  popen path=path
  position int4=bit,bit int4=bytea,bytea int4=text,text
  postgresql_fdw_validator bool=_text,oid
  pow float8=float8,float8 numeric=numeric,numeric
  power float8=float8,float8 numeric=numeric,numeric
  pt_contained_circle bool=point,circle
  pt_contained_poly bool=point,polygon
  query_to_xml xml=text,bool,bool,text
  query_to_xml_and_xmlschema xml=text,bool,bool,text
  query_to_xmlschema xml=text,bool,bool,text
  querytree text=tsquery
  quote_ident text=text
  quote_literal text=anyelement text=text
  quote_nullable text=anyelement text=text
  radians float8=float8
  radius float8=circle
  random float8=
  range_adjacent bool=anyrange,anyrange
  range_adjacent_multirange bool=anyrange,anymultirange
  range_after bool=anyrange,anyrange
  range_after_multirange bool=anyrange,anymultirange
  range_agg anymultirange=anymultirange anymultirange=anyrange
  range_before bool=anyrange,anyrange
  range_before_multirange bool=anyrange,anymultirange
  range_cmp int4=anyrange,anyrange
  range_contained_by bool=anyrange,anyrange
  range_contained_by_multirange bool=anyrange,anymultirange
  range_contains bool=anyrange,anyrange
  range_contains_elem bool=anyrange,anyelement
  range_contains_multirange bool=anyrange,anymultirange
  range_eq bool=anyrange,anyrange
  range_ge bool=anyrange,anyrange
  range_gt bool=anyrange,anyrange
  range_intersect anyrange=anyrange,anyrange
  range_intersect_agg anymultirange=anymultirange anyrange=anyrange
  range_intersect_agg_transfn anyrange=anyrange,anyrange
  range_le bool=anyrange,anyrange
  range_lt bool=anyrange,anyrange
  range_merge anyrange=anymultirange anyrange=anyrange,anyrange
  range_minus anyrange=anyrange,anyrange
  range_ne bool=anyrange,anyrange
  range_overlaps bool=anyrange,anyrange
  range_overlaps_multirange bool=anyrange,anymultirange
  range_overleft bool=anyrange,anyrange
  range_overleft_multirange bool=anyrange,anymultirange
  range_overright bool=anyrange,anyrange
  range_overright_multirange bool=anyrange,anymultirange
  range_send bytea=anyrange
  range_union anyrange=anyrange,anyrange
  rank int8*=any int8=
  record_eq bool=record,record
  record_ge bool=record,record
  record_gt bool=record,record
  record_image_eq bool=record,record
  record_image_ge bool=record,record
  record_image_gt bool=record,record
  record_image_le bool=record,record
  record_image_lt bool=record,record
  record_image_ne bool=record,record
  record_le bool=record,record
  record_lt bool=record,record
  record_ne bool=record,record
  record_send bytea=record
  regclass regclass=text
  regclasssend bytea=regclass
  regcollationsend bytea=regcollation
  regconfigsend bytea=regconfig
  regdictionarysend bytea=regdictionary
  regexp_count int4=text,text int4=text,text,int4 int4=text,text,int4,text
  regexp_instr int4=text,text int4=text,text,int4 int4=text,text,int4,int4 \
  int4=text,text,int4,int4,int4 int4=text,text,int4,int4,int4,text \
  int4=text,text,int4,int4,int4,text,int4
  regexp_like bool=text,text bool=text,text,text
  regexp_match _text=text,text _text=text,text,text
  regexp_matches _text=text,text _text=text,text,text
  regexp_replace text=text,text,text text=text,text,text,int4 text=text,text,text,int4,int4 \
  text=text,text,text,int4,int4,text text=text,text,text,text
  regexp_split_to_array _text=text,text _text=text,text,text
  regexp_split_to_table text=text,text text=text,text,text
  regexp_substr text=text,text text=text,text,int4 text=text,text,int4,int4 \
  text=text,text,int4,int4,text text=text,text,int4,int4,text,int4
  regnamespacesend bytea=regnamespace
  regoperatorsend bytea=regoperator
  regopersend bytea=regoper
  regproceduresend bytea=regprocedure
  regprocsend bytea=regproc
  regr_avgx float8=float8,float8
  regr_avgy float8=float8,float8
  regr_count int8=float8,float8
  regr_intercept float8=float8,float8
  regr_r2 float8=float8,float8
  regr_slope float8=float8,float8
  regr_sxx float8=float8,float8
  regr_sxy float8=float8,float8
  regr_syy float8=float8,float8
  regrolesend bytea=regrole
  regtypesend bytea=regtype
  repeat text=text,int4
  replace text=text,text,text
  reverse text=text
  right text=text,int4
  round float8=float8 numeric=numeric numeric=numeric,int4
  row_number int8=
  row_security_active bool=oid bool=text
  row_to_json json=record json=record,bool
  rpad text=text,int4 text=text,int4,text
  rtrim bytea=bytea,bytea text=text text=text,text
  satisfies_hash_partition bool*=oid,int4,int4,any
  scale int4=numeric
  schema_to_xml xml=name,bool,bool,text
  schema_to_xml_and_xmlschema xml=name,bool,bool,text
  schema_to_xmlschema xml=name,bool,bool,text
  session_user name=
  set_bit bit=bit,int4,int4 bytea=bytea,int8,int4
  set_byte bytea=bytea,int4,int4
  set_config text=text,text,bool
  set_masklen cidr=cidr,int4 inet=inet,int4
  setseed void=float8
  setval int8=regclass,int8 int8=regclass,int8,bool
  setweight tsvector=tsvector,char tsvector=tsvector,char,_text
  sha224 bytea=bytea
  sha256 bytea=bytea
  sha384 bytea=bytea
  sha512 bytea=bytea
  shobj_description text=oid,name
  sign float8=float8 numeric=numeric
  similar_escape text=text,text
  similar_to_escape text=text text=text,text
  sin float8=float8
  sind float8=float8
  sinh float8=float8
  slope float8=point,point
  spg_poly_quad_compress box=polygon
  split_part text=text,text,int4
  sqrt float8=float8 numeric=numeric
  starts_with bool=text,text
  statement_timestamp timestamptz=
  stddev float8=float4 float8=float8 numeric=int2 numeric=int4 numeric=int8 numeric=numeric
  stddev_pop float8=float4 float8=float8 numeric=int2 numeric=int4 numeric=int8 numeric=numeric
  stddev_samp float8=float4 float8=float8 numeric=int2 numeric=int4 numeric=int8 \
  numeric=numeric
  string_agg bytea=bytea,bytea text=text,text
  string_to_array _text=text,text _text=text,text,text
  string_to_table text=text,text text=text,text,text
  strip tsvector=tsvector
  strpos int4=text,text
  substr bytea=bytea,int4 bytea=bytea,int4,int4 text=text,int4 text=text,int4,int4
  substring bit=bit,int4 bit=bit,int4,int4 bytea=bytea,int4 bytea=bytea,int4,int4 \
  text=text,int4 text=text,int4,int4 text=text,text text=text,text,text
  sum float4=float4 float8=float8 int8=int2 int8=int4 interval=interval money=money \
  numeric=int8 numeric=numeric
  table_to_xml xml=regclass,bool,bool,text
  table_to_xml_and_xmlschema xml=regclass,bool,bool,text
  table_to_xmlschema xml=regclass,bool,bool,text
  tan float8=float8
  tand float8=float8
  tanh float8=float8
  text text=bool text=bpchar text=char text=inet text=name text=xml
  text_ge bool=text,text
  text_gt bool=text,text
  text_larger text=text,text
  text_le bool=text,text
  text_lt bool=text,text
  text_pattern_ge bool=text,text
  text_pattern_gt bool=text,text
  text_pattern_le bool=text,text
  text_pattern_lt bool=text,text
  text_smaller text=text,text
  textanycat text=text,anynonarray
  textcat text=text,text
  texteq bool=text,text
  texteqname bool=text,name
  textgename bool=text,name
  textgtname bool=text,name
  texticlike bool=text,text
  texticnlike bool=text,text
  texticregexeq bool=text,text
  texticregexne bool=text,text
  textlen int4=text
  textlename bool=text,name
  textlike bool=text,text
  textltname bool=text,name
  textne bool=text,text
  textnename bool=text,name
  textnlike bool=text,text
  textregexeq bool=text,text
  textregexne bool=text,text
  textsend bytea=text
  tideq bool=tid,tid
  tidge bool=tid,tid
  tidgt bool=tid,tid
  tidlarger tid=tid,tid
  tidle bool=tid,tid
  tidlt bool=tid,tid
  tidne bool=tid,tid
  tidsend bytea=tid
  tidsmaller tid=tid,tid
  time time=interval time=time,int4 time=timestamp time=timestamptz time=timetz
  time_cmp int4=time,time
  time_eq bool=time,time
  time_ge bool=time,time
  time_gt bool=time,time
  time_hash int4=time
  time_hash_extended int8=time,int8
  time_larger time=time,time
  time_le bool=time,time
  time_lt bool=time,time
  time_mi_interval time=time,interval
  time_mi_time interval=time,time
  time_ne bool=time,time
  time_pl_interval time=time,interval
  time_send bytea=time
  time_smaller time=time,time
  timedate_pl timestamp=time,date
  timeofday text=
  timestamp timestamp=date timestamp=date,time timestamp=timestamp,int4 timestamp=timestamptz
  timestamp_cmp int4=timestamp,timestamp
  timestamp_cmp_date int4=timestamp,date
  timestamp_cmp_timestamptz int4=timestamp,timestamptz
  timestamp_eq bool=timestamp,timestamp
  timestamp_eq_date bool=timestamp,date
  timestamp_eq_timestamptz bool=timestamp,timestamptz
  timestamp_ge bool=timestamp,timestamp
  timestamp_ge_date bool=timestamp,date
  timestamp_ge_timestamptz bool=timestamp,timestamptz
  timestamp_gt bool=timestamp,timestamp
  timestamp_gt_date bool=timestamp,date
  timestamp_gt_timestamptz bool=timestamp,timestamptz
  timestamp_hash int4=timestamp
  timestamp_hash_extended int8=timestamp,int8
  timestamp_larger timestamp=timestamp,timestamp
  timestamp_le bool=timestamp,timestamp
  timestamp_le_date bool=timestamp,date
  timestamp_le_timestamptz bool=timestamp,timestamptz
  timestamp_lt bool=timestamp,timestamp
  timestamp_lt_date bool=timestamp,date
  timestamp_lt_timestamptz bool=timestamp,timestamptz
  timestamp_mi interval=timestamp,timestamp
  timestamp_mi_interval timestamp=timestamp,interval
  timestamp_ne bool=timestamp,timestamp
  timestamp_ne_date bool=timestamp,date
  timestamp_ne_timestamptz bool=timestamp,timestamptz
  timestamp_pl_interval timestamp=timestamp,interval
  timestamp_send bytea=timestamp
  timestamp_smaller timestamp=timestamp,timestamp
  timestamptypmodin int4=_cstring
  timestamptz timestamptz=date timestamptz=date,time timestamptz=date,timetz \
  timestamptz=timestamp timestamptz=timestamptz,int4
  timestamptz_cmp int4=timestamptz,timestamptz
  timestamptz_cmp_date int4=timestamptz,date
  timestamptz_cmp_timestamp int4=timestamptz,timestamp
  timestamptz_eq bool=timestamptz,timestamptz
  timestamptz_eq_date bool=timestamptz,date
  timestamptz_eq_timestamp bool=timestamptz,timestamp
  timestamptz_ge bool=timestamptz,timestamptz
  timestamptz_ge_date bool=timestamptz,date
  timestamptz_ge_timestamp bool=timestamptz,timestamp
  timestamptz_gt bool=timestamptz,timestamptz
  timestamptz_gt_date bool=timestamptz,date
  timestamptz_gt_timestamp bool=timestamptz,timestamp
  timestamptz_larger timestamptz=timestamptz,timestamptz
  timestamptz_le bool=timestamptz,timestamptz
  timestamptz_le_date bool=timestamptz,date
  timestamptz_le_timestamp bool=timestamptz,timestamp
  timestamptz_lt bool=timestamptz,timestamptz
  timestamptz_lt_date bool=timestamptz,date
  timestamptz_lt_timestamp bool=timestamptz,timestamp
  timestamptz_mi interval=timestamptz,timestamptz
  timestamptz_mi_interval timestamptz=timestamptz,interval
  timestamptz_ne bool=timestamptz,timestamptz
  timestamptz_ne_date bool=timestamptz,date
  timestamptz_ne_timestamp bool=timestamptz,timestamp
  timestamptz_pl_interval timestamptz=timestamptz,interval
  timestamptz_send bytea=timestamptz
  timestamptz_smaller timestamptz=timestamptz,timestamptz
  timestamptztypmodin int4=_cstring
  timetypmodin int4=_cstring
  timetz timetz=time timetz=timestamptz timetz=timetz,int4
  timetz_cmp int4=timetz,timetz
  timetz_eq bool=timetz,timetz
  timetz_ge bool=timetz,timetz
  timetz_gt bool=timetz,timetz
  timetz_hash int4=timetz
  timetz_hash_extended int8=timetz,int8
  timetz_larger timetz=timetz,timetz
  timetz_le bool=timetz,timetz
  timetz_lt bool=timetz,timetz
  timetz_mi_interval timetz=timetz,interval
  timetz_ne bool=timetz,timetz
  timetz_pl_interval timetz=timetz,interval
  timetz_send bytea=timetz
  timetz_smaller timetz=timetz,timetz
  timetzdate_pl timestamptz=timetz,date
  timetztypmodin int4=_cstring
  timezone timestamp=interval,timestamptz timestamp=text,timestamptz \
  timestamptz=interval,timestamp timestamptz=text,timestamp timetz=interval,timetz \
  timetz=text,timetz
  to_ascii text=text text=text,int4 text=text,name
  to_char text=float4,text text=float8,text text=int4,text text=int8,text text=interval,text \
  text=numeric,text text=timestamp,text text=timestamptz,text
  to_date date=text,text
  to_hex text=int4 text=int8
  to_json json=anyelement
  to_jsonb jsonb=anyelement
  to_number numeric=text,text
  to_regclass regclass=text
  to_regcollation regcollation=text
  to_regnamespace regnamespace=text
  to_regoper regoper=text
  to_regoperator regoperator=text
  to_regproc regproc=text
  to_regprocedure regprocedure=text
  to_regrole regrole=text
  to_regtype regtype=text
  to_timestamp timestamptz=float8 timestamptz=text,text
  to_tsquery tsquery=regconfig,text tsquery=text
  to_tsvector tsvector=json tsvector=jsonb tsvector=regconfig,json tsvector=regconfig,jsonb \
  tsvector=regconfig,text tsvector=text
  transaction_timestamp timestamptz=
  translate text=text,text,text
  trim_array anyarray=anyarray,int4
  trim_scale numeric=numeric
  trunc float8=float8 macaddr8=macaddr8 macaddr=macaddr numeric=numeric numeric=numeric,int4
  ts_debug record=regconfig,text record=text
  ts_delete tsvector=tsvector,_text tsvector=tsvector,text
  ts_filter tsvector=tsvector,_char
  ts_headline json=json,tsquery json=json,tsquery,text json=regconfig,json,tsquery \
  json=regconfig,json,tsquery,text jsonb=jsonb,tsquery jsonb=jsonb,tsquery,text \
  jsonb=regconfig,jsonb,tsquery jsonb=regconfig,jsonb,tsquery,text text=regconfig,text,tsquery \
  text=regconfig,text,tsquery,text text=text,tsquery text=text,tsquery,text
  ts_lexize _text=regdictionary,text
  ts_match_qv bool=tsquery,tsvector
  ts_match_tq bool=text,tsquery
  ts_match_tt bool=text,text
  ts_match_vq bool=tsvector,tsquery
  ts_parse record=oid,text record=text,text
  ts_rank float4=_float4,tsvector,tsquery float4=_float4,tsvector,tsquery,int4 \
  float4=tsvector,tsquery float4=tsvector,tsquery,int4
  ts_rank_cd float4=_float4,tsvector,tsquery float4=_float4,tsvector,tsquery,int4 \
  float4=tsvector,tsquery float4=tsvector,tsquery,int4
  ts_rewrite tsquery=tsquery,text tsquery=tsquery,tsquery,tsquery
  ts_stat record=text record=text,text
  ts_token_type record=oid record=text
  tsmultirange tsmultirange*=_tsrange tsmultirange= tsmultirange=tsrange
  tsq_mcontained bool=tsquery,tsquery
  tsq_mcontains bool=tsquery,tsquery
  tsquery_and tsquery=tsquery,tsquery
  tsquery_cmp int4=tsquery,tsquery
  tsquery_eq bool=tsquery,tsquery
  tsquery_ge bool=tsquery,tsquery
  tsquery_gt bool=tsquery,tsquery
  tsquery_le bool=tsquery,tsquery
  tsquery_lt bool=tsquery,tsquery
  tsquery_ne bool=tsquery,tsquery
  tsquery_not tsquery=tsquery
  tsquery_or tsquery=tsquery,tsquery
  tsquery_phrase tsquery=tsquery,tsquery tsquery=tsquery,tsquery,int4
  tsquerysend bytea=tsquery
  tsrange tsrange=timestamp,timestamp tsrange=timestamp,timestamp,text
  tsrange_subdiff float8=timestamp,timestamp
  tstzmultirange tstzmultirange*=_tstzrange tstzmultirange= tstzmultirange=tstzrange
  tstzrange tstzrange=timestamptz,timestamptz tstzrange=timestamptz,timestamptz,text
  tstzrange_subdiff float8=timestamptz,timestamptz
  tsvector_cmp int4=tsvector,tsvector
  tsvector_concat tsvector=tsvector,tsvector
  tsvector_eq bool=tsvector,tsvector
  tsvector_ge bool=tsvector,tsvector
  tsvector_gt bool=tsvector,tsvector
  tsvector_le bool=tsvector,tsvector
  tsvector_lt bool=tsvector,tsvector
  tsvector_ne bool=tsvector,tsvector
  tsvector_to_array _text=tsvector
  tsvectorsend bytea=tsvector
  txid_current int8=
  txid_current_if_assigned int8=
  txid_current_snapshot txid_snapshot=
  txid_snapshot_send bytea=txid_snapshot
  txid_snapshot_xip int8=txid_snapshot
  txid_snapshot_xmax int8=txid_snapshot
  txid_snapshot_xmin int8=txid_snapshot
  txid_status text=int8
  txid_visible_in_snapshot bool=int8,txid_snapshot
  unistr text=text
  unknownsend bytea=unknown
  unnest anyelement=anyarray anyrange=anymultirange record=tsvector
  upper anyelement=anymultirange anyelement=anyrange text=text
  upper_inc bool=anymultirange bool=anyrange
  upper_inf bool=anymultirange bool=anyrange
  uuid_cmp int4=uuid,uuid
  uuid_eq bool=uuid,uuid
  uuid_ge bool=uuid,uuid
  uuid_gt bool=uuid,uuid
  uuid_hash int4=uuid
  uuid_hash_extended int8=uuid,int8
  uuid_le bool=uuid,uuid
  uuid_lt bool=uuid,uuid
  uuid_ne bool=uuid,uuid
  uuid_send bytea=uuid
  var_pop float8=float4 float8=float8 numeric=int2 numeric=int4 numeric=int8 numeric=numeric
  var_samp float8=float4 float8=float8 numeric=int2 numeric=int4 numeric=int8 numeric=numeric
  varbit varbit=varbit,int4,bool
  varbit_send bytea=varbit
  varbitcmp int4=varbit,varbit
  varbiteq bool=varbit,varbit
  varbitge bool=varbit,varbit
  varbitgt bool=varbit,varbit
  varbitle bool=varbit,varbit
  varbitlt bool=varbit,varbit
  varbitne bool=varbit,varbit
  varbittypmodin int4=_cstring
  varchar varchar=name varchar=varchar,int4,bool
  varcharsend bytea=varchar
  varchartypmodin int4=_cstring
  variance float8=float4 float8=float8 numeric=int2 numeric=int4 numeric=int8 numeric=numeric
  version text=
  void_send bytea=void
  websearch_to_tsquery tsquery=regconfig,text tsquery=text
  width float8=box
  width_bucket int4=anycompatible,anycompatiblearray int4=float8,float8,float8,int4 \
  int4=numeric,numeric,numeric,int4
  xid xid=xid8
  xid8_larger xid8=xid8,xid8
  xid8_smaller xid8=xid8,xid8
  xid8cmp int4=xid8,xid8
  xid8eq bool=xid8,xid8
  xid8ge bool=xid8,xid8
  xid8gt bool=xid8,xid8
  xid8le bool=xid8,xid8
  xid8lt bool=xid8,xid8
  xid8ne bool=xid8,xid8
  xid8send bytea=xid8
  xideq bool=xid,xid
  xideqint4 bool=xid,int4
  xidneq bool=xid,xid
  xidneqint4 bool=xid,int4
  xidsend bytea=xid
  xml xml=text
  xml_is_well_formed bool=text
  xml_is_well_formed_content bool=text
  xml_is_well_formed_document bool=text
  xml_send bytea=xml
  xmlagg xml=xml
  xmlcomment xml=text
  xmlconcat2 xml=xml,xml
  xmlexists bool=text,xml
  xmlvalidate bool=xml,text
  xpath _xml=text,xml _xml=text,xml,_text
  xpath_exists bool=text,xml bool=text,xml,_text
  """
