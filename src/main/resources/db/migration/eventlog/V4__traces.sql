-- The span in which an event was published, as W3C Trace Context has it: its consumers go on with it.
alter table eventlog.event add column trace text;
