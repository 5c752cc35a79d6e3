// libpq's declarations, and its functions as a table that is filled when a connection is opened.
//
// libpq brings along the libraries of TLS, Kerberos and LDAP. Linked in, all of them would be loaded
// at each start, also by the commands that never connect.

#include <dlfcn.h>
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h>
#endif

#define BACKOUT_LIBPQ_FUNCTIONS(X)                                                                 \
  X(PQcancel) X(PQclear) X(PQconndefaults) X(PQconnectPoll) X(PQconnectStartParams)                \
  X(PQconninfoFree) X(PQconninfoParse) X(PQconsumeInput) X(PQdb) X(PQenterPipelineMode)            \
  X(PQerrorMessage) X(PQfinish) X(PQflush) X(PQfreeCancel) X(PQfreemem) X(PQgetCancel)             \
  X(PQgetResult) X(PQgetisnull) X(PQgetvalue) X(PQhost) X(PQisBusy) X(PQnfields) X(PQntuples)      \
  X(PQpass) X(PQpipelineSync) X(PQport) X(PQresultErrorField) X(PQresultStatus)                    \
  X(PQsendQueryParams) X(PQsetNoticeProcessor) X(PQsetnonblocking) X(PQsocket) X(PQuser)

/// The functions of libpq that are used, with the types of its header.
struct LibPQFunctions {
#define X(name) __typeof__(&name) _Nonnull name;
  BACKOUT_LIBPQ_FUNCTIONS(X)
#undef X
};

/// Loads libpq and fills the table; the name of what is missing, or NULL. What is loaded stays until
/// the process ends.
static inline const char *_Nullable loadLibPQFunctions(struct LibPQFunctions *_Nonnull table) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) return "libpq.so.5";
#define X(name)                                                                                    \
  {                                                                                                \
    void *found = dlsym(library, #name);                                                           \
    if (!found) return #name;                                                                      \
    table->name = (__typeof__(&name))found;                                                        \
  }
  BACKOUT_LIBPQ_FUNCTIONS(X)
#undef X
  return 0;
}
