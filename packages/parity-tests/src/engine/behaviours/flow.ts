/** Blocks in blocks, without a workflow around them. */
export const flowBehaviours = {
  'flow.member': 'A member of a parallel may be a flow of several steps; its value is the output of the last.',
  'flow.arm': 'An arm of a branch may be a flow.',
  'flow.item': 'The body of a foreach may be a flow, which every item goes through on its own.',
  'flow.nested-blocks': 'Blocks may stand in flows in blocks, to any depth.',
  'flow.foreach-in-foreach': 'A foreach may stand in the items of another; its results are lists in a list.',
  'flow.single-node': 'A flow of one node is that node: the member is called as it is named, the step keeps its id.',
  'flow.records': 'Steps in a flow have their records under their own ids, beside those of all other steps.',
  'flow.item-records':
    'The steps of flows in a foreach have no records in the result; the foreach has one, under its own id.',
  'flow.not-in-path': 'Steps in blocks do not stand in the execution path.',
  'flow.same-workflow': 'A step in a flow belongs to the workflow: it sees that input, and results of earlier steps.',
  'flow.item-results':
    'A step in an item sees the results of the same item, never those of another, and those from before the foreach.',
  'flow.not-after': 'Behind a foreach of flows, results of steps in its items are not seen.',
  'flow.own-pace': 'Members that are flows go on at their own pace.',
  'flow.failure': 'A step that fails in a flow ends that flow; its later steps do not run.',
  'flow.suspension': 'A step that suspends in a flow is found by its id alone, whatever blocks are around it.',
  'flow.suspended-order': 'What is suspended is told in the order of the graph, whoever was faster.',
  'flow.resume': 'A flow goes on behind the step that is resumed; what it has done before is not done again.',
  'flow.item-suspension': 'Items that are flows are resumed by index, and keep what their earlier steps have given.',
  'flow.restart': 'Another process goes on in the middle of flows in blocks.',
  'flow.state':
    'A step in a flow sees what earlier steps of the same flow have set; members beside it see it after the block.',
  'flow.sleep': 'Maps and sleeps may stand in flows.',
  'flow.workflow': 'A flow may hold workflows; paths to what is suspended in them begin with their ids.',
  'flow.retries': 'Steps in flows are retried as others are.',
} as const
