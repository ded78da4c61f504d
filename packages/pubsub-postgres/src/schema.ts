import { handing } from './handing-schema.js'
import { AT_ONCE, ATTRIBUTES } from './schema-parts.js'

/**
 * What each schema number adds, as SQL of the schema called so (quoted). A migration that was released is never changed:
 * what is new goes into another one. Processes of several releases call the functions at the same time, so one that
 * takes or means something else gets another name.
 */
export const MIGRATIONS: readonly ((schema: string) => string)[] = [tables, functions, handing]

/**
 * A hint's number is made of the time and a counter: a table that was emptied by a crash gives no number again, or a hint
 * would be removed because another one was taken before. It is read by JavaScript, exactly until the year 2109.
 *
 * Hints are expendable, so what holds them is not logged: nothing of it is flushed, and a crash of the server empties it.
 * Only the names of groups stay. There is one index on the queue, and none of its columns ever changes.
 */
function tables(schema: string): string {
  return `
create table ${schema}.hint_groups (
  id bigint generated always as identity primary key,
  topic text collate "C" not null,
  name text collate "C" not null,
  bucket integer not null,
  label text not null,
  seen timestamptz not null default clock_timestamp(),
  unique (topic, name)
);
create unlogged table ${schema}.hint_members (
  group_id bigint not null,
  member uuid not null,
  until timestamptz not null,
  primary key (group_id, member)
) with (fillfactor = 50);
create sequence ${schema}.hint_counter minvalue 0 maxvalue 2047 cycle cache 64;
create unlogged table ${schema}.hint_queue (
  group_id bigint not null,
  id bigint not null default floor(extract(epoch from clock_timestamp()) * 1000)::bigint * 2048
    + nextval(${literal(`${schema}.hint_counter`)}),
  due timestamptz not null default clock_timestamp(),
  made timestamptz not null default clock_timestamp(),
  tries integer not null default 0,
  hint text not null,
  primary key (group_id, id)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 2000);
create unlogged table ${schema}.hint_large (
  id bigint generated always as identity primary key,
  made timestamptz not null default clock_timestamp(),
  hints text not null
);`
}

function functions(schema: string): string {
  return `
create function ${schema}.hint_join(
  prefix text, topics text[], names text[], buckets integer[], labels text[], joining uuid[], fresh boolean[], ttl_ms integer
) returns table (of_topic text, of_name text, group_id bigint, members text[]) ${ATTRIBUTES} as $body$
#variable_conflict use_column
declare one record;
begin
  insert into ${schema}.hint_groups (topic, name, bucket, label)
    select distinct on (m.topic, m.name) m.topic, m.name, m.bucket, m.label
    from unnest(topics, names, buckets, labels) as m (topic, name, bucket, label)
    where not exists (select from ${schema}.hint_groups g where g.topic = m.topic and g.name = m.name)
    order by m.topic, m.name
    on conflict do nothing;
  update ${schema}.hint_groups set seen = clock_timestamp() where id in (
    select g.id from unnest(topics, names) as m (topic, name)
    join ${schema}.hint_groups g on g.topic = m.topic and g.name = m.name
    where g.seen < clock_timestamp() - interval '1 minute'
    for update of g skip locked
  );
  insert into ${schema}.hint_members (group_id, member, until)
    select g.id, m.member, clock_timestamp() + make_interval(secs => ttl_ms / 1000.0)
    from unnest(topics, names, joining) as m (topic, name, member)
    join ${schema}.hint_groups g on g.topic = m.topic and g.name = m.name
    on conflict (group_id, member) do update set until = excluded.until;
  for one in
    select distinct g.id, g.bucket from unnest(topics, names, fresh) as m (topic, name, fresh)
    join ${schema}.hint_groups g on g.topic = m.topic and g.name = m.name
    where m.fresh and m.name <> ''
      and (select count(*) from ${schema}.hint_members o where o.group_id = g.id) > 1
  loop
    perform pg_notify(prefix || one.bucket, format('m %s', one.id));
  end loop;
  return query
    select distinct m.topic, m.name, g.id, array(
      select o.member::text from ${schema}.hint_members o
      where o.group_id = g.id and o.until > clock_timestamp() and m.name <> ''
      order by o.member
    )
    from unnest(topics, names) as m (topic, name)
    join ${schema}.hint_groups g on g.topic = m.topic and g.name = m.name;
end $body$;

create function ${schema}.hint_leave(prefix text, leaving uuid[], groups bigint[]) returns void ${ATTRIBUTES} as $body$
declare one record;
begin
  delete from ${schema}.hint_members m using unnest(leaving, groups) as l (member, group_id)
    where m.group_id = l.group_id and m.member = l.member;
  for one in select g.id, g.bucket from ${schema}.hint_groups g where g.id = any (groups) and g.name <> '' loop
    perform pg_notify(prefix || one.bucket, format('m %s', one.id));
  end loop;
end $body$;

create function ${schema}.hint_publish(prefix text, topics text[], bundles text[]) returns void ${ATTRIBUTES} as $body$
declare
  one record;
  low bigint;
  many integer;
begin
  ${AT_ONCE}
  for one in
    select g.id, g.bucket, g.topic, g.name, t.bundle from unnest(topics, bundles) as t (topic, bundle)
    join ${schema}.hint_groups g on g.topic = t.topic
  loop
    if one.name <> '' then
      with put as (
        insert into ${schema}.hint_queue (group_id, hint)
          select one.id, hint from json_array_elements_text(one.bundle::json) as h (hint)
          returning id
      )
      select min(put.id), count(*) into low, many from put;
      perform pg_notify(prefix || one.bucket, 'q ' || one.id || ' ' || low || ' ' || many || ' 0');
    elsif octet_length(one.bundle) < 7900 then
      perform pg_notify(prefix || one.bucket, 'b ' || one.topic || ' ' || one.bundle);
    else
      insert into ${schema}.hint_large (hints) values (one.bundle) returning id into low;
      perform pg_notify(prefix || one.bucket, 'l ' || one.topic || ' ' || low);
    end if;
  end loop;
end $body$;

create function ${schema}.hint_exchange(
  taken_groups bigint[], taken_ids bigint[], groups bigint[], lows bigint[], limits integer[], lease_ms integer
) returns table (nth integer, id bigint, tries integer, hint text) ${ATTRIBUTES} as $body$
#variable_conflict use_column
declare one record;
begin
  if cardinality(taken_ids) > 0 then
    delete from ${schema}.hint_queue q using unnest(taken_groups, taken_ids) as t (group_id, id)
      where q.group_id = t.group_id and q.id = t.id;
  end if;
  for one in select * from unnest(groups, lows, limits) with ordinality as w (group_id, low, most, nth) loop
    return query
      update ${schema}.hint_queue q
        set due = clock_timestamp() + make_interval(secs => lease_ms / 1000.0), tries = q.tries + 1
        from (
          select f.group_id, f.id from ${schema}.hint_queue f
          where f.group_id = one.group_id and f.id >= one.low and f.due <= clock_timestamp()
          order by f.id limit one.most
          for update skip locked
        ) picked
        where q.group_id = picked.group_id and q.id = picked.id
        returning one.nth::integer, q.id, q.tries, q.hint;
  end loop;
end $body$;

create function ${schema}.hint_again(prefix text, of_group bigint, ids bigint[], delay_ms integer, undone integer)
returns void ${ATTRIBUTES} as $body$
begin
  update ${schema}.hint_queue
    set due = clock_timestamp() + make_interval(secs => delay_ms / 1000.0), tries = tries - undone
    where group_id = of_group and id = any (ids);
  perform pg_notify(
    prefix || g.bucket,
    format('q %s %s %s %s', g.id, (select min(i) from unnest(ids) as i), cardinality(ids), delay_ms)
  ) from ${schema}.hint_groups g where g.id = of_group;
end $body$;

create function ${schema}.hint_keep(groups bigint[], ids bigint[], lease_ms integer) returns void ${ATTRIBUTES} as $body$
begin
  update ${schema}.hint_queue q set due = clock_timestamp() + make_interval(secs => lease_ms / 1000.0)
    from unnest(groups, ids) as t (group_id, id)
    where q.group_id = t.group_id and q.id = t.id;
end $body$;

create function ${schema}.hint_peek(groups bigint[]) returns table (group_id bigint, low bigint) ${ATTRIBUTES} as $body$
#variable_conflict use_column
begin
  return query
    select g.id, first.id from unnest(groups) as g (id)
    cross join lateral (
      select q.id from ${schema}.hint_queue q
      where q.group_id = g.id and q.due <= clock_timestamp()
      order by q.id limit 1
    ) first;
end $body$;

create function ${schema}.hint_upkeep(keep_ms integer, most_tries integer) returns void language plpgsql as $body$
begin
  if not pg_try_advisory_xact_lock(hashtextextended('wf hint_upkeep ' || ${literal(schema)}, 0)) then
    return;
  end if;
  delete from ${schema}.hint_large where made < clock_timestamp() - interval '1 minute';
  delete from ${schema}.hint_members where until < clock_timestamp();
  delete from ${schema}.hint_groups g
    where g.seen < clock_timestamp() - interval '10 minutes'
      and not exists (select from ${schema}.hint_members m where m.group_id = g.id);
  delete from ${schema}.hint_queue q
    where q.made < clock_timestamp() - make_interval(secs => keep_ms / 1000.0)
      or (q.tries >= most_tries and q.due <= clock_timestamp())
      or not exists (select from ${schema}.hint_groups g where g.id = q.group_id);
end $body$;`
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
