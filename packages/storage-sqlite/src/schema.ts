/** Marks a file as one of ours: "wfjl" in the header of the file, where `file` and other tools look. */
export const APPLICATION_ID = 0x77_66_6a_6c

/**
 * What brings a file from each version of the schema to the next one; the version is the number of those applied.
 * What has been released never changes: only new ones are added, and each must leave the data of earlier releases readable.
 *
 * A commit is one row, and its key is the number of its journal and its version in one: the rows of a journal lie
 * together, in order, and finding the head takes no index. Values stand behind the facts, so that reading facts
 * alone never touches the pages of large values. The header is written only where it changes.
 */
export const migrations: readonly string[] = [
  `
  create table journals (
    number integer primary key,
    namespace text not null,
    kind text not null,
    id text not null,
    created_at real not null,
    ended_at real,
    wake_at real,
    status text not null,
    workflow_id text not null,
    graph_hash text not null,
    workflow_version text not null,
    resource_id text,
    tags text not null
  );
  create unique index journals_by_id on journals (namespace, kind, id);
  create index journals_newest on journals (namespace, kind, created_at, id);
  create index journals_by_status on journals (namespace, kind, status, created_at, id);
  create index journals_by_workflow on journals (namespace, kind, workflow_id, created_at, id);
  create index journals_by_resource on journals (namespace, kind, resource_id, created_at, id) where resource_id is not null;
  create index journals_to_wake on journals (namespace, kind, workflow_id, graph_hash, wake_at) where wake_at is not null;
  create index journals_ended on journals (namespace, kind, ended_at) where ended_at is not null;

  create table tags (
    namespace text not null,
    kind text not null,
    tag text not null,
    created_at real not null,
    id text not null,
    journal integer not null,
    primary key (namespace, kind, tag, created_at, id)
  ) without rowid;

  create table commits (
    key integer primary key,
    commit_id text not null,
    at real not null,
    shape text not null,
    facts text not null,
    texts text,
    bytes blob
  );

  create table checkpoints (
    journal integer primary key,
    version integer not null,
    commit_id text not null,
    text text,
    bytes blob
  );

  create table sessions (
    number integer primary key,
    id text not null unique,
    expires_at real
  );
  `,
]
