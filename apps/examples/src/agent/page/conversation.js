// What the events of a run come to on the page. Nothing here knows of documents or connections.

export const newConversation = () => ({ status: 'running', items: [], tokens: 0, isIncomplete: false })

/** Takes one event in. What follows from it is in `items`, in the order in which it is shown. */
export function hear(conversation, event) {
  hearers[event.type]?.(conversation, event.payload)
}

const hearers = {
  'workflow-start': (conversation) => {
    conversation.status = 'running'
  },

  'workflow-step-start': (conversation, { stepCallId, payload, resumePayload }) => {
    const { items } = conversation
    if (!resumePayload) return add(items, { kind: 'question', id: `${stepCallId}/question`, text: payload.prompt })
    for (const [callId, { approved, reason }] of Object.entries(resumePayload.approvals ?? {}))
      Object.assign(approvalOf(items, callId) ?? {}, { decision: approved ? 'approved' : 'declined', reason })
  },

  'workflow-step-output': (conversation, { stepCallId, output }) => {
    const { type } = output
    if (Object.hasOwn(chunkHearers, type)) chunkHearers[type](conversation, { ...output, call: stepCallId })
  },

  // The step begins again: what it has said is void.
  'workflow-step-reset': (conversation, { stepCallId }) => {
    conversation.items = conversation.items.filter(({ call }) => call !== stepCallId)
  },

  'workflow-step-suspended': ({ items }, { suspendPayload }) => {
    for (const { toolCallId, toolName, input } of suspendPayload.approvals)
      if (!approvalOf(items, toolCallId))
        add(items, { kind: 'approval', id: `${toolCallId}/approval`, toolCallId, toolName, input, decision: 'waiting' })
  },

  'workflow-finish': (conversation, { workflowStatus, metadata }) => {
    conversation.status = workflowStatus
    if (!metadata.error) return
    const text = `The conversation has failed: ${metadata.error.message}`
    add(conversation.items, { kind: 'problem', id: 'failure', text })
  },

  'workflow-gap': (conversation) => {
    conversation.isIncomplete = true
  },
}

const chunkHearers = {
  'text-start': ({ items }, { call, id }) => {
    // A model may use an id again the next time that it is asked.
    add(items, { kind: 'answer', id: `${call}/${id}/${items.length}`, call, textId: id, text: '' })
  },
  'text-delta': ({ items }, { call, id, text }) => {
    const answer = items.findLast((item) => item.call === call && item.textId === id)
    if (answer) answer.text += text
  },
  'tool-result': ({ items }, { call, toolCallId, toolName, output }) => {
    add(items, { kind: 'result', id: `${toolCallId}/result`, call, toolName, output })
  },
  'tool-error': ({ items }, { call, toolCallId, toolName, error }) => {
    const text = `${toolName} has failed: ${error?.message ?? error}`
    add(items, { kind: 'problem', id: `${toolCallId}/error`, call, text })
  },
  finish: (conversation, { totalUsage }) => {
    conversation.tokens += totalUsage?.totalTokens ?? 0
  },
}

function add(items, item) {
  if (!items.some(({ id }) => id === item.id)) items.push(item)
}

const approvalOf = (items, callId) => items.find((item) => item.kind === 'approval' && item.toolCallId === callId)

/** Nothing follows any more. */
export const isOver = ({ status }) => !['running', 'suspended', 'paused'].includes(status)

/** The types of events that are listened to, because an `EventSource` tells only of those that it is asked for. */
export const eventTypes = Object.keys(hearers)
