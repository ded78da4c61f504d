import { eventTypes, hear, isOver, newConversation } from './conversation.js'
import { render, tell } from './render.js'

const [form, question, log, status, usage, problem, another] = [
  ...['ask', 'question', 'log', 'status', 'usage', 'problem', 'another'],
].map((id) => document.getElementById(id))

const idInAddress = () => new URLSearchParams(location.search).get('conversation')

/** What is shown, and what is heard of it. */
let shown = { conversation: newConversation(), elements: new Map() }

form.addEventListener('submit', async (submitted) => {
  submitted.preventDefault()
  const id = await send('/conversations', { prompt: question.value }, form).then((body) => body?.id)
  if (id === undefined) return question.focus()
  history.pushState(null, '', `?conversation=${encodeURIComponent(id)}`)
  open()
})

question.addEventListener('keydown', (pressed) => {
  if (pressed.key !== 'Enter' || pressed.shiftKey || pressed.isComposing) return
  pressed.preventDefault()
  form.requestSubmit()
})

for (const example of document.querySelectorAll('[data-question]'))
  example.addEventListener('click', () => {
    question.value = example.dataset.question
    question.focus()
  })

addEventListener('popstate', open)
open()

/** Shows the conversation that the address names, or the form for a new one. */
function open() {
  shown.source?.close()
  shown = { conversation: newConversation(), elements: new Map() }
  log.replaceChildren()
  tell(problem, '')
  const id = idInAddress()
  form.hidden = id !== null
  another.hidden = id === null
  if (id !== null) return listen(id)
  show()
  question.value = ''
  question.focus()
}

/** Reads what was said and what is being said. Where the connection is lost the browser comes back by itself. */
function listen(id) {
  const url = `/conversations/${encodeURIComponent(id)}/events`
  const source = new EventSource(url)
  const { conversation } = shown
  shown.source = source
  for (const type of eventTypes)
    source.addEventListener(type, ({ data }) => {
      hear(conversation, JSON.parse(data))
      if (isOver(conversation)) source.close()
      show()
    })
  source.addEventListener('refused', ({ data }) => {
    source.close()
    tell(problem, JSON.parse(data).error.message)
    show()
  })
  source.addEventListener('open', () => {
    tell(problem, '')
    show()
  })
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) explain(url)
    show()
  })
  show()
}

/** An `EventSource` does not say why it was refused; the answer does. */
async function explain(url) {
  const response = await fetch(url)
  if (response.ok) return response.body.cancel()
  tell(problem, (await response.json()).error.message)
}

function show() {
  const { conversation, elements, source } = shown
  const { items, tokens } = conversation
  render({ log, elements, prepare }, items)
  const words = statusOf(conversation, source)
  document.body.dataset.status = words.name
  // Read aloud when a turn is over, not word by word.
  log.setAttribute('aria-busy', String(words.name === 'running'))
  tell(status, words.text)
  tell(usage, tokens > 0 ? `${tokens} tokens` : '')
}

const told = {
  running: 'The clerk is writing …',
  suspended: 'Waiting for your decision.',
  success: 'The conversation is over.',
  failed: 'The conversation has failed.',
  canceled: 'The conversation was canceled.',
}

function statusOf(conversation, source) {
  if (!source) return { name: 'new', text: '' }
  const { status: name, items, isIncomplete } = conversation
  if (isOver(conversation) || source.readyState === EventSource.OPEN)
    return { name, text: `${told[name] ?? name}${isIncomplete ? ' Something is missing above.' : ''}` }
  if (source.readyState === EventSource.CLOSED) return { name: 'closed', text: '' }
  return { name: 'connecting', text: items.length > 0 ? 'The connection is lost. Trying again …' : 'Connecting …' }
}

function prepare(element, { toolCallId }) {
  const decision = element.querySelector('form')
  // Enter would press the first button, and nobody shall approve by that.
  decision.elements.reason.addEventListener('keydown', (pressed) => pressed.key === 'Enter' && pressed.preventDefault())
  decision.addEventListener('submit', async (submitted) => {
    submitted.preventDefault()
    // The buttons are about to go, and whoever was there is not thrown back to the top of the page.
    element.focus({ preventScroll: true })
    const approved = submitted.submitter?.value === 'approve'
    const reason = decision.elements.reason.value.trim()
    const path = `/conversations/${encodeURIComponent(idInAddress())}/approvals/${encodeURIComponent(toolCallId)}`
    if (!(await send(path, { approved, ...(reason && { reason }) }, decision))) submitted.submitter?.focus()
  })
}

/** Sends from a form, which cannot be sent a second time meanwhile. `undefined`: it was refused, and the page says why. */
async function send(path, body, from) {
  tell(problem, '')
  const fields = from.querySelector('fieldset')
  fields.disabled = true
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    const answer = await response.json()
    if (response.ok) return answer
    tell(problem, answer.error.message)
  } catch {
    tell(problem, 'The server cannot be reached. Try again in a moment.')
  } finally {
    fields.disabled = false
  }
  return undefined
}
