// Part of migrations: once they are released, other columns are a matter of another migration.

/** The row of a journal that begins: `head` is its row of heads, `header` what its commit says of it. */
export const begunRow = (head: string, header: string): string => `
  ${head}.number, ${head}.key, (${header}->>'shelf')::bigint, (${header}->>'byWorkflow')::bigint,
  (${header}->>'byGraph')::bigint, (${header}->>'byStatus')::bigint, (${header}->>'byResource')::bigint, ${head}.at,
  case when ${head}.ended then ${head}.at end, ${head}.sweep_at, ${header}->>'namespace', ${header}->>'kind',
  ${header}->>'id', ${header}->>'status', ${header}->>'workflowId', ${header}->>'graphHash',
  ${header}->>'workflowVersion', ${header}->>'resourceId', ${header}->>'tags'`

/** What a commit changes in the row `j` of its journal; what its header does not speak of stays. */
export const changedColumns = (head: string, header: string): string => `
  sweep_at = ${head}.sweep_at,
  ended_at = case when ${head}.ended then coalesce(j.ended_at, ${head}.at) end,
  status = coalesce(${header}->>'status', j.status),
  by_status = coalesce((${header}->>'byStatus')::bigint, j.by_status),
  workflow_id = coalesce(${header}->>'workflowId', j.workflow_id),
  by_workflow = coalesce((${header}->>'byWorkflow')::bigint, j.by_workflow),
  graph_hash = coalesce(${header}->>'graphHash', j.graph_hash),
  by_graph = coalesce((${header}->>'byGraph')::bigint, j.by_graph),
  workflow_version = coalesce(${header}->>'workflowVersion', j.workflow_version),
  resource_id = case when ${header} ? 'resourceId' then ${header}->>'resourceId' else j.resource_id end,
  by_resource = case when ${header} ? 'resourceId' then (${header}->>'byResource')::bigint else j.by_resource end`
