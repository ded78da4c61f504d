/**
 * Hands out journals whose time has come, the earliest first. In the index the journals of one graph that have a
 * wake-up lie together; the function jumps from graph to graph, so what waits for later or for others is not looked at.
 * What the index holds too early is corrected when it is met.
 */
export const SWEEP = `
create function {schema}.queues(shelves bigint[], workflows bigint[], graphs bigint[])
returns table (q_shelf bigint, q_workflow bigint, q_graph bigint) language plpgsql stable as $body$
declare
  s record;
begin
  for s in select distinct * from unnest(shelves, workflows, graphs) as u(shelf, workflow, graph) loop
    q_shelf := s.shelf;
    q_workflow := s.workflow;
    if q_workflow is null then
      select j.by_workflow into q_workflow from {schema}.journals j
        where j.shelf = q_shelf and j.sweep_at is not null order by j.by_workflow limit 1;
    end if;
    while q_workflow is not null loop
      if s.graph is not null then
        q_graph := s.graph;
        return next;
      else
        select j.by_graph into q_graph from {schema}.journals j where j.shelf = q_shelf and j.by_workflow = q_workflow
          and j.sweep_at is not null order by j.by_graph limit 1;
        while q_graph is not null loop
          return next;
          select j.by_graph into q_graph from {schema}.journals j where j.shelf = q_shelf and j.by_workflow = q_workflow
            and j.by_graph > q_graph and j.sweep_at is not null order by j.by_graph limit 1;
        end loop;
      end if;
      exit when s.workflow is not null;
      select j.by_workflow into q_workflow from {schema}.journals j where j.shelf = q_shelf
        and j.by_workflow > q_workflow and j.sweep_at is not null order by j.by_workflow limit 1;
    end loop;
  end loop;
end $body$;

create function {schema}.take_due(
  ahead bigint, hold double precision, most bigint, shelves bigint[], workflows bigint[], graphs bigint[]
) returns table (taken bigint, moment bigint) language plpgsql as $body$
declare
  h record;
  met boolean;
  count bigint := 0;
  seen bigint[] := '{}';
begin
  moment := {schema}.clock(ahead);
  loop
    met := false;
    for h in
      select x.key, x.number, x.wake_at, x.sweep_at from (
        select w.key, w.sweep_at from (select distinct * from {schema}.queues(shelves, workflows, graphs)) q
        cross join lateral (
          select j.key, j.sweep_at from {schema}.journals j
          where j.shelf = q_shelf and j.by_workflow = q_workflow and j.by_graph = q_graph and j.sweep_at <= moment
          order by j.sweep_at limit most - count + 100
        ) w
        order by w.sweep_at limit most - count + 100
      ) found
      join {schema}.heads x on x.key = found.key and x.sweep_at <= moment and x.number <> all(seen)
      order by found.sweep_at limit most - count for update of x skip locked
    loop
      met := true;
      if h.wake_at is not distinct from h.sweep_at then
        h.wake_at := moment + hold;
        taken := h.number;
        count := count + 1;
        seen := seen || h.number;
        return next;
      end if;
      update {schema}.heads x set wake_at = h.wake_at, sweep_at = h.wake_at where x.key = h.key;
      update {schema}.journals j set sweep_at = h.wake_at where j.number = h.number;
    end loop;
    exit when not met or count >= most;
  end loop;
end $body$;
`
