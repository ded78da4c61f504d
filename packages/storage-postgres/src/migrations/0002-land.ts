import { begunRow, changedColumns } from './header-columns.js'

/**
 * Lands a group of commits, which come in the order of their keys. All heads are locked first, in that order, so that
 * groups never wait for each other in a circle; each statement behind it sees what others had committed before.
 * Of a commit that does not land only that is told: its caller looks up why. One that comes without its facts is left
 * to the caller's statement to insert, so that large values are not carried through here.
 */
export const LAND = `
create function {schema}.begin_journal(h {schema}.heads, header jsonb) returns void language plpgsql as $body$
begin
  insert into {schema}.journals values (${begunRow('h', 'header')});
  insert into {schema}.tags select tag::uuid, h.at, h.number from jsonb_array_elements_text(header->'tagKeys') tag;
end $body$;

create function {schema}.change_journal(h {schema}.heads, header jsonb) returns void language plpgsql as $body$
declare
  created bigint;
begin
  update {schema}.journals j set ${changedColumns('h', 'header')},
  tags = coalesce(header->>'tags', j.tags)
    where j.number = h.number returning j.created_at into created;
  if header ? 'tagKeys' then
    delete from {schema}.tags t where t.number = h.number;
    insert into {schema}.tags select tag::uuid, created, h.number from jsonb_array_elements_text(header->'tagKeys') tag;
  end if;
end $body$;

create function {schema}.land(
  ahead bigint, keys uuid[], commit_ids text[], modes smallint[], given_versions bigint[], given_ids text[],
  wakes smallint[], wake_values double precision[], seals boolean[],
  all_facts text[], all_texts text[], all_bytes bytea[], headers jsonb[]
) returns table (outcome text, journal bigint, landed integer, landed_at bigint) language plpgsql as $body$
declare
  moment bigint := {schema}.clock(ahead);
  c record;
  h {schema}.heads;
  wakes_at double precision;
begin
  perform 1 from {schema}.heads x where x.key = any(keys) order by x.key for update;
  for c in
    select * from unnest(
      keys, commit_ids, modes, given_versions, given_ids, wakes, wake_values, seals, all_facts, all_texts, all_bytes, headers
    ) as u(key, commit_id, mode, version, given_id, wake, wake_value, seal, facts, texts, bytes, header)
  loop
    outcome := 'landed';
    journal := null;
    landed := null;
    -- Modes: 0 on the head given, 1 on any, 2 begins the journal and nothing else.
    if c.mode < 2 then
      select * into h from {schema}.heads x where x.key = c.key for update;
    else
      h := null;
    end if;
    if h.number is null then
      outcome := case when c.version > 0 then 'refused' when not coalesce(c.header ? 'shelf', false) then 'headless' else 'landed' end;
      if outcome = 'landed' then
        wakes_at := case c.wake when 1 then c.wake_value when 2 then moment + c.wake_value end;
        insert into {schema}.heads (key, at, wake_at, sweep_at, version, ended, commit_id)
          values (c.key, moment, wakes_at, wakes_at, 1, coalesce(c.seal, false), c.commit_id)
          on conflict (key) do nothing returning * into h;
        if h.number is null then
          outcome := 'refused';
        else
          perform {schema}.begin_journal(h, c.header);
          if c.facts is not null then
            insert into {schema}.commits values (h.number, moment, 1, c.commit_id, c.facts, c.texts, c.bytes);
          end if;
          journal := h.number;
          landed := 1;
          landed_at := moment;
        end if;
      end if;
      return next;
      continue;
    end if;
    if h.version <> c.version or h.commit_id <> c.given_id or h.ended and c.mode = 1 then
      if c.mode = 0 or h.ended or c.version > h.version
        or c.version > 0 and not exists (
          select from {schema}.commits x where x.journal = h.number and x.version = c.version and x.commit_id = c.given_id)
        or exists (
          select from {schema}.commits x where x.journal = h.number and x.version > c.version and x.commit_id = c.commit_id)
      then
        outcome := 'refused';
        return next;
        continue;
      end if;
      outcome := 'behind';
    end if;
    h.version := h.version + 1;
    h.at := greatest(h.at, moment);
    h.ended := coalesce(c.seal, h.ended);
    if c.wake > 0 then
      h.wake_at := case c.wake when 1 then c.wake_value when 2 then h.at + c.wake_value end;
    end if;
    if c.header is not null or c.seal is not null then
      h.sweep_at := h.wake_at;
      perform {schema}.change_journal(h, c.header);
    elsif h.wake_at < coalesce(h.sweep_at, 'infinity') then
      h.sweep_at := h.wake_at;
      update {schema}.journals j set sweep_at = h.sweep_at where j.number = h.number;
    end if;
    update {schema}.heads x set version = h.version, commit_id = c.commit_id, at = h.at, ended = h.ended,
      wake_at = h.wake_at, sweep_at = h.sweep_at where x.key = c.key;
    if c.facts is not null then
      insert into {schema}.commits values (h.number, h.at, h.version, c.commit_id, c.facts, c.texts, c.bytes);
    end if;
    journal := h.number;
    landed := h.version;
    landed_at := h.at;
    return next;
  end loop;
end $body$;
`
