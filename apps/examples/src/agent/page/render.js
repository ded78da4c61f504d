// What is shown of a conversation: an element for each item, which changes as the item does.

const templates = new Map([...document.querySelectorAll('template')].map((one) => [one.dataset.kind, one.content]))

/** Brings the elements up to date. Whoever is asked for a decision is shown with what `prepare` has made of it. */
export function render(view, items) {
  const { elements } = view
  const shown = elements.size
  for (const [id, element] of elements) {
    if (items.some((item) => item.id === id)) continue
    elements.delete(id)
    element.remove()
  }
  for (const item of items) renderers[item.kind](elements.get(item.id) ?? place(view, item), item)
  if (elements.size > shown) scrollTo({ top: document.body.scrollHeight })
}

function place({ log, elements, prepare }, item) {
  const element = templates.get(item.kind).firstElementChild.cloneNode(true)
  elements.set(item.id, element)
  log.append(element)
  if (item.kind === 'approval') prepare(element, item)
  return element
}

/** Text only, whoever has written it. */
export function tell(element, text) {
  if (element.textContent !== text) element.textContent = text
}

const renderText = (element, { text }) => tell(element.querySelector('.text'), text)

const renderers = {
  question: renderText,
  answer: renderText,
  problem: renderText,
  result: (element, { toolName, output }) => renderCall(element, toolName, output),
  approval: (element, { toolName, input, decision, reason }) => {
    renderCall(element, toolName, input)
    const isOpen = decision === 'waiting'
    const words = decision === 'approved' ? 'Approved' : 'Declined'
    tell(element.querySelector('.decision'), isOpen ? '' : `${words}${reason ? `: ${reason}` : ''}`)
    element.dataset.decision = decision
    element.querySelector('form').hidden = !isOpen
  },
}

function renderCall(element, toolName, fields) {
  tell(element.querySelector('.tool'), toolName)
  const list = element.querySelector('dl')
  if (list.childElementCount > 0) return
  for (const [name, value] of Object.entries(fields ?? {})) {
    const [term, detail] = [document.createElement('dt'), document.createElement('dd')]
    tell(term, name)
    tell(detail, typeof value === 'string' ? value : JSON.stringify(value))
    list.append(term, detail)
  }
}
