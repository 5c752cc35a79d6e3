// The names with capital letters that SQLAlchemy 2.0 has, and 1.4 had, in its main modules and dialects:
// another one may be a misspelling, for which Python raises AttributeError or ImportError. The source is
// `dir()` of the modules, without what they import from Python's own.

import SourceText

enum KnownNames {
  /// Whether a name is there; true for one that is not of a listed module.
  static func holds(_ name: LibraryName) -> Bool {
    let path = name.path
    guard name.family == .sqlalchemy, let dot = path.utf8.lastIndex(of: UInt8(ascii: ".")) else {
      return true
    }
    let last = path[path.utf8.index(after: dot)...]
    guard let first = last.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first)
    else {
      return true
    }
    switch path[..<dot] {
    case "sqlalchemy": return main.contains(last)
    case "sqlalchemy.dialects.postgresql": return postgresql.contains(last)
    case "sqlalchemy.exc": return errors.contains(last)
    case "sqlalchemy.orm": return mapper.contains(last)
    case "sqlalchemy.engine": return engine.contains(last)
    default: return true
    }
  }

  /// Whether it is a type of a dialect for another database, which takes whatever arguments it is given.
  static func isForeignType(_ name: LibraryName) -> Bool {
    guard name.path.hasPrefix("sqlalchemy.dialects."), !name.path.contains(".postgresql.") else {
      return false
    }
    return foreign.contains(name.path.lastComponent[...])
  }

  private static func words(_ text: String) -> Set<Substring> {
    Set(text.split { $0 == " " || $0 == "\n" })
  }

  private static let main = words(
    """
    ARRAY AdaptedConnection AddConstraint Alias AliasedReturnsRows AnnotatedColumnElement
    AnsiFunction AsBoolean AssertionPool AsyncAdaptedQueuePool BIGINT BINARY BLANK_SCHEMA BLOB
    BOOLEAN BOOLEANTYPE BaseDDLElement BaseRow BigInteger Binary BinaryExpression BindParameter
    BindTyping Boolean BooleanClauseList CHAR CLOB COLLECT_CARTESIAN_PRODUCTS CTE CacheKey
    CallableColumnDefault Case Cast CheckConstraint ChunkedIteratorResult ClauseElement ClauseList
    ClauseVisitor CollationClause CollectionAggregate Column ColumnClause ColumnCollection
    ColumnCollectionConstraint ColumnCollectionMixin ColumnDefault ColumnElement
    ColumnElementColumnDefault ColumnExpressionArgument ColumnOperators Compiled
    CompilerColumnElement CompilerElement CompoundSelect Computed Concatenable Connection Constraint
    CreateColumn CreateConstraint CreateEnginePlugin CreateIndex CreateSchema CreateSequence
    CreateTable CursorResult DATE DATETIME DATETIME_TIMEZONE DDL DDLElement DDLIf DDLIfCallable
    DECIMAL DEFAULT_NAMING_CONVENTION DOUBLE DOUBLE_PRECISION DQLDMLClauseElement Date DateTime
    DedupeColumnCollection DefaultClause DefaultGenerator Delete Dialect DialectKWArgs Double
    DropColumnComment DropConstraint DropConstraintComment DropIndex DropSchema DropSequence
    DropTable DropTableComment Emulated Engine Enum ExceptionContext Executable ExecutableDDLElement
    ExecutionContext Exists ExpressionClauseList ExternalType ExternallyTraversible Extract FLOAT
    FROM_LINTING FallbackAsyncAdaptedQueuePool False_ FetchedValue Float ForeignKey
    ForeignKeyConstraint FromClause FromGrouping FrozenResult Function FunctionAsBinary
    FunctionElement FunctionFilter Generative GenerativeSelect GenericFunction GroupedElement
    Grouping HasCTE HasCacheKey HasConditionalDDL HasCopyInternals HasExpressionLookup HasMemoized
    HasMemoized_ro_memoized_attribute HasPrefixes HasSchemaAttr HasSuffixes INDEXABLE INT INTEGER
    INTEGERTYPE Identity IdentityOptions Immutable Index IndexExpression Indexable Insert Inspector
    Integer InternalTraversal Interval InvokeCreateDDLBase InvokeDDLBase InvokeDropDDLBase
    IteratorResult JSON Join KeyedColumnElement LABEL_STYLE_DEFAULT LABEL_STYLE_DISAMBIGUATE_ONLY
    LABEL_STYLE_NONE LABEL_STYLE_TABLENAME_PLUS_COL Label LambdaElement LargeBinary Lateral
    MATCHTYPE MappingResult MatchType MemoizedHasCacheKey MergedResult MetaData NCHAR NO_ARG
    NO_CACHE NO_LINTING NULLTYPE NULL_UNSPECIFIED NUMERIC NUMERICTYPE NVARCHAR NamedColumn
    NativeForEmulated NestedTransaction NotNullable Null NullPool NullType Nullable Numeric
    OperatorExpression Operators OrderedSetAgg Over PassiveDefault PickleType Pool
    PoolProxiedConnection PoolResetState PrimaryKeyConstraint QueuePool RANGE_CURRENT
    RANGE_UNBOUNDED REAL RETAIN_SCHEMA ReleaseSavepointClause Result ResultProxy ReturnTypeFromArgs
    ReturnTypeFromOptionalArgs ReturnsRows RollbackToSavepointClause RootTransaction Row RowMapping
    SMALLINT SQLColumnExpression SQLCoreOperations STRINGTYPE SavepointClause
    ScalarElementColumnDefault ScalarFunctionColumn ScalarResult ScalarSelect ScalarValues
    SchemaConst SchemaDropper SchemaEventTarget SchemaGenerator SchemaItem SchemaType
    SchemaVisitable SchemaVisitor Select SelectBase SelectLabelStyle Selectable Sequence
    SetColumnComment SetConstraintComment SetTableComment SingletonConstant SingletonThreadPool
    Slice SmallInteger StatementLambdaElement StaticPool String Subquery SupportsWrappingAnnotations
    TABLEVALUE TEXT TIME TIMESTAMP TIME_TIMEZONE Table TableClause TableSample TableValueType
    TableValuedAlias TableValuedColumn Text TextAsFrom TextClause TextualSelect ThreadLocalMetaData
    Time Transaction True_ TryCast Tuple TupleType TwoPhaseTransaction TypeClause TypeCoerce
    TypeCompiler TypeDecorator TypeEngine TypeEngineMixin TypingOnly URL UUID UnaryExpression
    Unicode UnicodeText UniqueConstraint Update UpdateBase UserDefinedType Uuid VARBINARY VARCHAR
    Values ValuesBase Variant Visitable WARN_LINTING WithinGroup WrapsColumnExpression
    """)

  private static let postgresql = words(
    """
    ARRAY AbstractMultiRange AbstractRange AbstractSingleRange All Any BIGINT BIT BOOLEAN BYTEA CHAR
    CIDR CITEXT CreateDomainType CreateEnumType DATE DATEMULTIRANGE DATERANGE DOMAIN
    DOUBLE_PRECISION DropDomainType DropEnumType ENUM ExcludeConstraint FLOAT HSTORE INET
    INT4MULTIRANGE INT4RANGE INT8MULTIRANGE INT8RANGE INTEGER INTERVAL Insert JSON JSONB JSONPATH
    MACADDR MACADDR8 MONEY MultiRange NUMERIC NUMMULTIRANGE NUMRANGE NamedType OID REAL REGCLASS
    REGCONFIG Range SMALLINT TEXT TIME TIMESTAMP TSMULTIRANGE TSQUERY TSRANGE TSTZMULTIRANGE
    TSTZRANGE TSVECTOR UUID VARCHAR
    """)

  private static let errors = words(
    """
    AmbiguousForeignKeysError ArgumentError AwaitRequired Base20DeprecationWarning
    CircularDependencyError CompileError ConcurrentModificationError ConstraintColumnNotFoundError
    DBAPIError DataError DatabaseError DisconnectionError DontWrapMixin DuplicateColumnError
    HasDescriptionCode IdentifierError IllegalStateChangeError IntegrityError InterfaceError
    InternalError InvalidRequestError InvalidatePoolError LegacyAPIWarning MissingGreenlet
    MovedIn20Warning MultipleResultsFound NoForeignKeysError NoInspectionAvailable NoReferenceError
    NoReferencedColumnError NoReferencedTableError NoResultFound NoSuchColumnError NoSuchModuleError
    NoSuchTableError NotSupportedError ObjectNotExecutableError OperationalError
    PendingRollbackError ProgrammingError RemovedIn20Warning ResourceClosedError
    SADeprecationWarning SAPendingDeprecationWarning SATestSuiteWarning SAWarning SQLAlchemyError
    StatementError TimeoutError UnboundExecutionError UnreflectableTableError
    UnsupportedCompilationError
    """)

  private static let mapper = words(
    """
    AliasOption AppenderQuery AttributeEventToken AttributeEvents AttributeState Bundle
    CascadeOptions ClassManager ColumnProperty Composite CompositeProperty DeclarativeBase
    DeclarativeBaseNoMeta DeclarativeMeta DynamicMapped EXT_CONTINUE EXT_SKIP EXT_STOP FromStatement
    IdentityMap InspectionAttr InspectionAttrExtensionType InspectionAttrInfo InstanceEvents
    InstanceState InstrumentationEvents InstrumentedAttribute KeyFuncDict Load LoaderCallableStatus
    LoaderCriteriaOption MANYTOMANY MANYTOONE Mapped MappedAsDataclass MappedClassProtocol
    MappedCollection MappedColumn MappedSQLExpression Mapper MapperEvents MapperExtension
    MapperProperty NO_KEY NO_VALUE NotExtension ONETOMANY ORMDescriptor ORMExecuteState PassiveFlag
    PropComparator Query QueryContext QueryEvents QueryPropertyDescriptor QueryableAttribute
    RelationProperty Relationship RelationshipDirection RelationshipProperty SQLORMExpression
    Session SessionEvents SessionTransaction SessionTransactionOrigin Synonym SynonymProperty
    UOWTransaction UserDefinedOption WriteOnlyCollection WriteOnlyMapped
    """)

  private static let engine = words(
    """
    AdaptedConnection BaseRow BindTyping ChunkedIteratorResult Compiled ConnectArgsType Connectable
    Connection ConnectionEventsTarget CreateEnginePlugin CursorResult Dialect Engine
    ExceptionContext ExecutionContext FilterResult FrozenResult Inspector IteratorResult
    LegacyCursorResult LegacyRow MappingResult MergedResult NestedTransaction ObjectKind ObjectScope
    Result ResultProxy RootTransaction Row RowMapping RowProxy ScalarResult Transaction TupleResult
    TwoPhaseTransaction TypeCompiler URL
    """)

  /// Of the dialects of MySQL, SQLite, Oracle and SQL Server.
  private static let foreign = words(
    """
    BFILE BIGINT BINARY BINARY_DOUBLE BINARY_FLOAT BIT BLOB BOOLEAN CHAR CLOB DATE DATETIME
    DATETIME2 DATETIMEOFFSET DECIMAL DOUBLE DOUBLE_PRECISION ENUM FLOAT IMAGE INET4 INET6 INTEGER
    INTERVAL JSON LONG LONGBLOB LONGTEXT MEDIUMBLOB MEDIUMINT MEDIUMTEXT MONEY NCHAR NCLOB NTEXT
    NUMBER NUMERIC NVARCHAR NVARCHAR2 RAW REAL ROWID ROWVERSION SET SMALLDATETIME SMALLINT
    SMALLMONEY SQL_VARIANT SparseVector TEXT TIME TIMESTAMP TINYBLOB TINYINT TINYTEXT
    UNIQUEIDENTIFIER VARBINARY VARCHAR VARCHAR2 VECTOR VectorDistanceType VectorIndexConfig
    VectorIndexType VectorStorageFormat VectorStorageType XML YEAR
    """)
}
