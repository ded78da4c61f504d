import { begunRow, changedColumns } from './header-columns.js'

/**
 * Two ways for groups in which a statement does for all commits what `land` does for each. Keys come in order, and heads
 * are locked in it: groups that share journals never wait for each other in a circle. Any plan but one along the indexes
 * would break that order and grow with the tables, which grow faster than statistics are kept.
 */
const PLANS =
  'set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off'

const WAKE = `case u.wake when 0 then h.wake_at when 1 then u.wake_value when 2 then greatest(h.at, moment) + u.wake_value end`

/**
 * Begins journals, and lands what is based on just the head that there is. Each journal comes once; with tags only where
 * it begins. Tells of what has landed, by its place, and of nothing else.
 */
const LAND_ON_HEADS = `
create function {schema}.land_on_heads(
  ahead bigint, keys uuid[], commit_ids text[], modes smallint[], given_versions bigint[], given_ids text[],
  wakes smallint[], wake_values double precision[], seals boolean[],
  all_facts text[], all_texts text[], all_bytes bytea[], headers jsonb[]
) returns table (place bigint, landed integer, landed_at bigint) language plpgsql ${PLANS} as $body$
#variable_conflict use_column
declare
  moment bigint := {schema}.clock(ahead);
begin
  if 0 = any(given_versions) then
    return query with u as materialized (
      select *, case wake when 1 then wake_value when 2 then moment + wake_value end as wake_at
      from unnest(keys, commit_ids, given_versions, wakes, wake_values, seals, all_facts, all_texts, all_bytes, headers)
        with ordinality as u(key, commit_id, given, wake, wake_value, seal, facts, texts, bytes, header, place)
      where given = 0 and header ? 'shelf'
    ), h as (
      insert into {schema}.heads (key, at, wake_at, sweep_at, version, ended, commit_id)
        select key, moment, wake_at, wake_at, 1, coalesce(seal, false), commit_id from u
        where not exists (select from {schema}.heads x where x.key = u.key) order by place
        on conflict (key) do nothing returning *
    ), begun as materialized (
      select h.number, h.at, h.ended, h.sweep_at, u.* from h join u on u.key = h.key
    ), filed as (
      insert into {schema}.journals select ${begunRow('begun', 'begun.header')} from begun
    ), tagged as (
      insert into {schema}.tags select tag::uuid, at, number from begun cross join jsonb_array_elements_text(header->'tagKeys') tag
    ), written as (
      insert into {schema}.commits select number, at, 1, commit_id, facts, texts, bytes from begun
    ) select place, 1, at from begun;
  end if;
  -- A head that somebody else is writing is waited for, and then looked at again.
  return query with l as (
    update {schema}.heads h set
      version = h.version + 1,
      commit_id = u.commit_id,
      at = greatest(h.at, moment),
      ended = coalesce(u.seal, h.ended),
      wake_at = ${WAKE},
      sweep_at = case
        when u.header is not null or u.seal is not null then ${WAKE}
        when u.wake in (1, 2) then least(h.sweep_at, ${WAKE})
        else h.sweep_at
      end
    from unnest(
      keys, commit_ids, modes, given_versions, given_ids, wakes, wake_values, seals, all_facts, all_texts, all_bytes, headers
    ) with ordinality as u(key, commit_id, mode, given, given_id, wake, wake_value, seal, facts, texts, bytes, header, place)
    where u.given > 0 and h.key = u.key and h.version = u.given and h.commit_id = u.given_id and not (h.ended and u.mode = 1)
    returning u.*, h.number, h.version, h.at, h.ended, h.wake_at, h.sweep_at
  ), filed as (
    update {schema}.journals j set ${changedColumns('l', 'l.header')}
    from l where j.number = l.number
      and (l.header is not null or l.seal is not null or l.wake in (1, 2) and l.sweep_at = l.wake_at)
  ), written as (
    insert into {schema}.commits select number, at, version, commit_id, facts, texts, bytes from l
  ) select place, version, at from l;
end $body$;
`

/** Appends to any heads. What shares a journal has ids of its own each, and lands in the order given. */
const APPEND = `
create function {schema}.append(
  ahead bigint, keys uuid[], commit_ids text[], given_versions bigint[], given_ids text[],
  wakes smallint[], wake_values double precision[], all_facts text[], all_texts text[], all_bytes bytea[]
) returns table (outcome text, landed integer, landed_at bigint) language plpgsql ${PLANS} as $body$
#variable_conflict use_column
declare
  moment bigint := {schema}.clock(ahead);
  locked uuid[];
begin
  select coalesce(array_agg(f.key), '{}') into locked
    from (select x.key from {schema}.heads x where x.key = any(keys) order by x.key for update) f;
  return query with c as (
    select u.*, x.number, x.version as head, greatest(x.at, moment) as at, x.sweep_at as sweeps,
      case u.wake when 1 then u.wake_value when 2 then greatest(x.at, moment) + u.wake_value end as wakes_at,
      x.version = u.given and x.commit_id = u.given_id as exact,
      case
        when x.number is null then case when u.given > 0 then 'refused' else 'headless' end
        when u.key <> all(locked) or x.ended or u.given > x.version then 'refused'
        when x.version = u.given and x.commit_id = u.given_id then 'lands'
        when u.given > 0 and not exists (
          select from {schema}.commits o where o.journal = x.number and o.version = u.given and o.commit_id = u.given_id) then 'refused'
        when exists (
          select from {schema}.commits o where o.journal = x.number and o.version > u.given and o.commit_id = u.commit_id) then 'refused'
        else 'lands'
      end as fate
    from unnest(keys, commit_ids, given_versions, given_ids, wakes, wake_values, all_facts, all_texts, all_bytes)
      with ordinality as u(key, commit_id, given, given_id, wake, wake_value, facts, texts, bytes, place)
    left join {schema}.heads x on x.key = u.key
  ), l as materialized (
    select *, case fate when 'lands' then head + (row_number() over each)::integer end as version,
      fate = 'lands' and row_number() over each = count(*) over (partition by key, fate) as is_last,
      min(wakes_at) over each as earliest, max(place) filter (where wake > 0) over each as last_wake
    from c window each as (partition by key, fate order by place)
  ), moved as (
    update {schema}.heads h set version = l.version, commit_id = l.commit_id, at = l.at, sweep_at = least(h.sweep_at, l.earliest),
      wake_at = case when l.last_wake is null then h.wake_at
        else case wakes[l.last_wake] when 1 then wake_values[l.last_wake] when 2 then l.at + wake_values[l.last_wake] end end
    from l where l.is_last and h.key = l.key
  ), filed as (
    update {schema}.journals j set sweep_at = l.earliest
    from l where l.is_last and l.earliest < coalesce(l.sweeps, 'infinity') and j.number = l.number
  ), written as (
    insert into {schema}.commits select number, at, version, commit_id, facts, texts, bytes from l where fate = 'lands'
  ) select case when fate <> 'lands' then fate when exact and version = head + 1 then 'landed' else 'behind' end, version, at
    from l order by place;
end $body$;
`

export const LAND_GROUPS = LAND_ON_HEADS + APPEND
