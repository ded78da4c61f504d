import { AT_ONCE, ATTRIBUTES } from './schema-parts.js'

/** So many hints of one call are handed to one member at most: it may have no room for them, and others may have some. */
const MOST_HANDED = 16
/** The server takes no longer word than 7,999 bytes. */
const LONGEST_WORD = 7_900

/**
 * Hints need not be asked for by a member that is open: they are handed to it with the word of them, and are its own for
 * a while from the beginning. `line` names the connection on which it hears, and the lock that this connection holds for
 * as long as it lives: what lives no longer is handed nothing. `own` is the connection that publishes.
 */
export function handing(schema: string): string {
  return `
alter table ${schema}.hint_members add column if not exists line bigint;

create function ${schema}.hint_open(groups bigint[], opening uuid[], lines bigint[]) returns void ${ATTRIBUTES} as $body$
begin
  update ${schema}.hint_members m set line = o.line from unnest(groups, opening, lines) as o (group_id, member, line)
    where m.group_id = o.group_id and m.member = o.member and m.line is distinct from o.line;
end $body$;

create function ${schema}.hint_hand(prefix text, topics text[], bundles text[], lease_ms integer, own bigint)
returns void ${ATTRIBUTES} as $body$
declare
  one record;
  first bigint;
  many integer;
begin
  ${AT_ONCE}
  for one in
    select g.id, g.name, g.topic, prefix || g.bucket as channel, t.bundle, m.takers, m.lines
    from unnest(topics, bundles) as t (topic, bundle)
    join ${schema}.hint_groups g on g.topic = t.topic
    cross join lateral (
      select array_agg(o.member) as takers, array_agg(o.line) as lines from (
        select o.member, o.line from ${schema}.hint_members o
        where o.group_id = g.id and o.line is not null and o.until > now() order by o.member
      ) o
    ) m
  loop
    if one.name = '' then
      perform ${schema}.hint_tell(one.channel, one.topic, one.bundle);
      continue;
    end if;
    many := json_array_length(one.bundle::json);
    if one.takers is null or many > ${MOST_HANDED} * cardinality(one.takers) then
      perform ${schema}.hint_put(one.channel, one.id, one.bundle);
    elsif many = 1 then
      insert into ${schema}.hint_queue (group_id, due, tries, hint)
        values (one.id, now() + lease_ms * interval '1 millisecond', 1, one.bundle::json->>0) returning id into first;
      perform ${schema}.hint_give(
        one.channel, one.id, first, array[first], one.takers, one.lines, own, '[[' || first || ',' || (one.bundle::json->0) || ']]'
      );
    else
      perform ${schema}.hint_give(one.channel, one.id, p.low, p.ids, one.takers, one.lines, own, p.pairs)
        from ${schema}.hint_deal(one.id, one.bundle, cardinality(one.takers), lease_ms) as p;
    end if;
  end loop;
end $body$;

create function ${schema}.hint_give(
  channel text, of_group bigint, turn bigint, ids bigint[], takers uuid[], lines bigint[], own bigint, pairs text
) returns void language plpgsql as $body$
declare
  count integer := cardinality(takers);
  place integer;
begin
  if octet_length(pairs) < ${LONGEST_WORD - 100} then
    for skipped in 0 .. count - 1 loop
      place := (turn + skipped) % count + 1;
      -- Whoever lives holds its lock; one that is got here is let go of at the end of the statement.
      if lines[place] = own or not pg_try_advisory_xact_lock_shared(lines[place]) then
        perform pg_notify(channel, 'h ' || lines[place] || ' ' || of_group || ' ' || takers[place] || ' ' || pairs);
        return;
      end if;
    end loop;
  end if;
  update ${schema}.hint_queue set due = now(), tries = 0 where group_id = of_group and id = any (ids);
  perform pg_notify(channel, 'q ' || of_group || ' ' || ids[1] || ' ' || cardinality(ids) || ' 0');
end $body$;

create function ${schema}.hint_deal(of_group bigint, bundle text, parts integer, lease_ms integer)
returns table (low bigint, ids bigint[], pairs text) ${ATTRIBUTES} as $body$
#variable_conflict use_column
begin
  return query
    with put as (
      insert into ${schema}.hint_queue (group_id, due, tries, hint)
        select of_group, now() + lease_ms * interval '1 millisecond', 1, h.hint
        from json_array_elements_text(bundle::json) as h (hint)
        returning id, hint
    ), dealt as (
      select put.id, put.hint, (row_number() over (order by put.id) - 1) % parts as nth, min(put.id) over () as first from put
    )
    select min(d.first) + d.nth, array_agg(d.id order by d.id), json_agg(json_build_array(d.id, d.hint) order by d.id)::text
    from dealt d group by d.nth;
end $body$;

create function ${schema}.hint_put(channel text, of_group bigint, bundle text) returns void ${ATTRIBUTES} as $body$
declare
  low bigint;
  many integer;
begin
  with put as (
    insert into ${schema}.hint_queue (group_id, hint)
      select of_group, hint from json_array_elements_text(bundle::json) as h (hint)
      returning id
  )
  select min(put.id), count(*) into low, many from put;
  perform pg_notify(channel, 'q ' || of_group || ' ' || low || ' ' || many || ' 0');
end $body$;

create function ${schema}.hint_tell(channel text, of_topic text, bundle text) returns void ${ATTRIBUTES} as $body$
declare large bigint;
begin
  if octet_length(bundle) < ${LONGEST_WORD} then
    perform pg_notify(channel, 'b ' || of_topic || ' ' || bundle);
  else
    insert into ${schema}.hint_large (hints) values (bundle) returning id into large;
    perform pg_notify(channel, 'l ' || of_topic || ' ' || large);
  end if;
end $body$;`
}
