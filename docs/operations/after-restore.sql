-- Run this after the database was restored on another server (from a dump, or by logical
-- replication), before the application starts: the order keys of events are transaction numbers of
-- the old server, and the new one counts from its own beginning. The application refuses to start
-- when it finds keys that are ahead of its server.
--
--   psql -f docs/operations/after-restore.sql
--
-- All keys and cursors move down by the same number, below every transaction of any server: their
-- order, and what each consumer has handled, stay as they are.

begin;

lock table eventlog.event, eventlog.archived_event, eventlog.cursor in exclusive mode;

create temporary table moved on commit drop as
select greatest((select coalesce(max(tx), 0) from eventlog.event),
                (select coalesce(max(tx), 0) from eventlog.archived_event),
                (select coalesce(max(tx), 0) from eventlog.cursor)) + 1 as by;

update eventlog.event set tx = tx - moved.by from moved;
update eventlog.archived_event set tx = tx - moved.by from moved;
update eventlog.cursor set tx = tx - moved.by from moved;

commit;
