// Functions of env.py that run while migrations do: those that may send statements of their own, or change those
// that are sent, are told; those that only take notes are not. See `on_version_apply` of Alembic's
// EnvironmentContext.configure and the events of SQLAlchemy's ConnectionEvents and PoolEvents.

import Alembic
import Testing

@Suite struct CallbackTests {
  private static let head =
    "from alembic import context\nfrom sqlalchemy import event\nconfig = context.config\n"

  private func callbacks(_ code: String) throws -> [String] {
    try TemporaryProject.environment(Self.head + code + "\n").callbacks.map(\.name)
  }

  @Test(arguments: [
    "def f(ctx, step, heads, run_args, **kw):\n    ctx.bind.execute('DROP TABLE t')\n"
      + "context.configure(connection=c, on_version_apply=f)",
    "def run():\n    def f(**kw):\n        kw['ctx'].connection.execute('DROP TABLE t')\n"
      + "    context.configure(connection=c, on_version_apply=f)\nrun()",
    "def f(**kw):\n    raise ValueError\ncontext.configure(connection=c, on_version_apply=f)",
    "def f(**kw):\n    publish(kw['ctx'])\ncontext.configure(connection=c, on_version_apply=f)",
    "def f(ctx, **kw):\n    publish(ctx.bind)\ncontext.configure(connection=c, on_version_apply=f)",
    "def f(ctx, **kw):\n    bind = ctx.bind\n    bind.execute('DROP TABLE t')\n"
      + "context.configure(connection=c, on_version_apply=f)",
    "def f(*given, **kw):\n    for each in kw.values():\n        clear(each)\n"
      + "context.configure(connection=c, on_version_apply=f)",
    "def f(**kw):\n    engine.execute('DROP TABLE t')\n"
      + "context.configure(connection=c, on_version_apply=f)",
    "def f(**kw):\n    publish(**kw)\ncontext.configure(connection=c, on_version_apply=f)",
    "from app import f\ncontext.configure(connection=c, on_version_apply=f)",
    "def f(**kw): pass\ncontext.configure(connection=c, on_version_apply=[f, g])",
    "context.configure(connection=c, on_version_apply=lambda **kw: run(kw))",
    "f = config.attributes.get('hook', default_hook)\n"
      + "context.configure(connection=c, on_version_apply=f)",
    "options = {'on_version_apply': f}\ncontext.configure(connection=c, **options)",
    "context.configure(connection=c, **dict(on_version_apply=f))",
  ])
  func aFunctionForEachStepIsTold(code: String) throws {
    #expect(try callbacks(code) == ["on_version_apply"])
  }

  @Test(arguments: [
    (
      "@event.listens_for(Engine, 'before_cursor_execute', retval=True)\n"
        + "def f(conn, cursor, statement, parameters, context, many):\n"
        + "    return statement.lower(), parameters", "before_cursor_execute"
    ),
    (
      "def run():\n    @event.listens_for(engine, 'begin')\n    def f(conn):\n"
        + "        conn.exec_driver_sql('SET ROLE x')\nrun()", "begin"
    ),
    (
      "def run():\n    event.listen(engine, 'connect', lambda c, r: c.execute('SET x TO y'))\nrun()",
      "connect"
    ),
    ("def run():\n    event.listen(engine, 'checkout', helper)\nrun()", "checkout"),
    ("NAME = 'begin'\nevent.listen(engine, NAME, helper)", "listen"),
    ("@event.listens_for(engine, names[0])\ndef f(conn): conn.close()", "listens_for"),
  ])
  func aListenerOfConnectionsIsTold(code: String, event: String) throws {
    #expect(try callbacks(code) == [event])
  }

  @Test(arguments: [
    "context.configure(connection=c)", "context.configure(connection=c, on_version_apply=None)",
    "def f(ctx, step, **kw):\n    log.info('%s', step)\n"
      + "context.configure(connection=c, on_version_apply=f)",
    "def f(step, **kw):\n    revision = step.up_revision_id\n    publish(kw['heads'], revision)\n"
      + "context.configure(connection=c, on_version_apply=f)",
    "def f(step, **kw):\n    revision = step.up_revision\n    if revision is None: return\n"
      + "    log.info(f'{revision.path}')\ncontext.configure(connection=c, on_version_apply=f)",
    "f = config.attributes.get('hook')\ncontext.configure(connection=c, on_version_apply=f)",
    "context.configure(connection=c, on_version_apply=config.attributes.get('hook', None))",
    "@event.listens_for(Engine, 'before_cursor_execute')\n"
      + "def f(conn, cursor, statement, parameters, context, many):\n"
      + "    conn.info['started'] = time.time()",
    "@event.listens_for(Session, 'after_flush')\ndef f(session, context): session.execute('x')",
    "def run():\n    @event.listens_for(engine, 'connect')\n    def f(connection, record):\n"
      + "        record.info['pid'] = os.getpid()\nrun()",
    "server.listen(host, port)", "options = {'compare_type': True}\ncontext.configure(**options)",
  ])
  func whatOnlyTakesNotesIsNot(code: String) throws {
    #expect(try callbacks(code).isEmpty)
  }
}
