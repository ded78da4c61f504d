/** Deletes journals with all that belongs to them, where what was asked for still holds once nobody else can write to them. */
export const DELETE = `
create function {schema}.delete_journals(keys uuid[], ended_before double precision)
returns bigint language plpgsql as $body$
declare
  numbers bigint[];
begin
  select array_agg(found.number) into numbers from (
    select h.number from {schema}.heads h
    where h.key = any(keys) and h.ended and (ended_before is null or h.at < ended_before and h.wake_at is null)
    order by h.key for update
  ) found;
  delete from {schema}.commits c where c.journal = any(numbers);
  delete from {schema}.checkpoints c where c.journal = any(numbers);
  delete from {schema}.tags t where t.number = any(numbers);
  delete from {schema}.journals j where j.number = any(numbers);
  delete from {schema}.heads h where h.key = any(keys) and h.number = any(numbers);
  return coalesce(cardinality(numbers), 0);
end $body$;
`
