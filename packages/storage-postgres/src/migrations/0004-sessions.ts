/** Keeps a session alive and tells which others have expired. Whoever has been found expired once stays so, even when the clock goes back. */
export const SESSIONS = `
create function {schema}.renew(ahead bigint, own uuid, name text, ttl double precision, asked uuid[])
returns table (alive boolean, expired integer[], moment bigint) language plpgsql as $body$
declare
  begun bigint;
begin
  moment := {schema}.clock(ahead);
  perform 1 from {schema}.sessions s
    where s.key = own or s.key = any(asked) and s.expires_at <= moment order by s.key for update;
  update {schema}.sessions s set expires_at = null where s.key = any(asked) and s.expires_at <= moment;
  update {schema}.sessions s set expires_at = case when s.expires_at > moment then moment + ttl end
    where s.key = own returning s.expires_at is not null into alive;
  if alive is null then
    insert into {schema}.sessions as s (key, id, expires_at) values (own, name, moment + ttl)
      on conflict (key) do update set expires_at = excluded.expires_at returning s.number into begun;
    alive := true;
    -- Ids are made once and at random, so expired ones of long ago do not come back.
    delete from {schema}.sessions s
      where s.number <= begun - 10000 and (s.expires_at is null or s.expires_at <= moment);
  end if;
  select coalesce(array_agg(a.place::integer), '{}') into expired from unnest(asked) with ordinality as a(key, place)
    where not exists (select from {schema}.sessions s where s.key = a.key and s.expires_at is not null);
  return next;
end $body$;
`
