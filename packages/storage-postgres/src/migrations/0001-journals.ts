/**
 * A commit is one row. What each commit changes lies in `heads`, a narrow row with room for its next version on the
 * same page and no index on what changes; lists and sweeps read `journals`, which is written only where it changes.
 * `sweep_at` is what the index of sweeps holds, equal in both tables: `wake_at` or earlier, corrected when it is met.
 */
export const JOURNALS = `
create table {schema}.heads (
  key uuid primary key,
  number bigint not null generated always as identity,
  at bigint not null,
  wake_at double precision,
  sweep_at double precision,
  version integer not null,
  ended boolean not null,
  commit_id text collate "C" not null
) with (fillfactor = 50);

create table {schema}.journals (
  number bigint primary key,
  key uuid not null,
  shelf bigint not null,
  by_workflow bigint not null,
  by_graph bigint not null,
  by_status bigint not null,
  by_resource bigint,
  created_at bigint not null,
  ended_at bigint,
  sweep_at double precision,
  namespace text collate "C" not null,
  kind text collate "C" not null,
  id text collate "C" not null,
  status text collate "C" not null,
  workflow_id text collate "C" not null,
  graph_hash text collate "C" not null,
  workflow_version text collate "C" not null,
  resource_id text collate "C",
  tags text collate "C" not null
) with (fillfactor = 80);
create index journals_newest on {schema}.journals (shelf, created_at);
create index journals_by_workflow on {schema}.journals (by_workflow, created_at);
create index journals_by_status on {schema}.journals (by_status, created_at);
create index journals_by_resource on {schema}.journals (by_resource, created_at) where by_resource is not null;
create index journals_to_wake on {schema}.journals (shelf, by_workflow, by_graph, sweep_at) where sweep_at is not null;
create index journals_ended on {schema}.journals (shelf, ended_at) where ended_at is not null;

create table {schema}.tags (
  tag uuid not null,
  created_at bigint not null,
  number bigint not null,
  primary key (tag, created_at, number)
);
create index tags_by_journal on {schema}.tags (number);

create table {schema}.commits (
  journal bigint not null,
  at bigint not null,
  version integer not null,
  commit_id text collate "C" not null,
  facts text collate "C" not null,
  texts text collate "C",
  bytes bytea,
  primary key (journal, version)
);

create table {schema}.checkpoints (
  journal bigint primary key,
  version integer not null,
  commit_id text collate "C" not null,
  text text collate "C",
  bytes bytea
);

create table {schema}.sessions (
  key uuid primary key,
  number bigint not null generated always as identity,
  id text collate "C" not null,
  expires_at double precision
);
create index sessions_by_number on {schema}.sessions (number);

do $body$ begin
  execute format('alter table %I.commits alter texts set compression lz4, alter bytes set compression lz4', {name});
  execute format('alter table %I.checkpoints alter text set compression lz4, alter bytes set compression lz4', {name});
exception
  -- Before Postgres 14, or built without lz4: it compresses as it always did.
  when syntax_error or feature_not_supported then null;
end $body$;

create function {schema}.clock(ahead bigint) returns bigint language sql stable as
  'select floor(extract(epoch from now()) * 1000)::bigint + ahead';
`
