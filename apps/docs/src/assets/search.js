const script = document.currentScript
const field = document.getElementById('search')
const list = document.getElementById('found')

/** The sidebar is open where there is room for it, and folded on small screens. */
const menu = document.querySelector('.menu')
const wide = matchMedia('(min-width: 52.01rem)')
const fold = () => {
  menu.open = wide.matches
}
fold()
wide.addEventListener('change', fold)
if (wide.matches) menu.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })

for (const code of document.querySelectorAll('.code')) {
  const copy = document.createElement('button')
  copy.className = 'copy'
  copy.type = 'button'
  copy.textContent = 'Copy'
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code.querySelector('pre').textContent)
    copy.textContent = 'Copied'
    setTimeout(() => {
      copy.textContent = 'Copy'
    }, 1500)
  })
  code.append(copy)
}

let loading

/** Loaded by whoever begins to search, and not before. */
function load() {
  loading ??= new Promise((resolve, reject) => {
    const index = document.createElement('script')
    index.src = script.dataset.index
    index.onload = () => resolve(globalThis.wfSearchIndex)
    index.onerror = reject
    document.head.append(index)
  })
  return loading
}

function show(places) {
  list.replaceChildren(...(places.length === 0 ? [nothing()] : places.map(entry)))
  field.removeAttribute('aria-activedescendant')
  list.hidden = field.value.trim() === ''
  field.setAttribute('aria-expanded', String(!list.hidden))
}

function nothing() {
  const item = document.createElement('li')
  item.className = 'none'
  item.textContent = 'Nothing was found.'
  return item
}

function entry([title, heading, url, text], index) {
  const item = document.createElement('li')
  item.setAttribute('role', 'presentation')
  const link = document.createElement('a')
  const about = document.createElement('span')
  link.href = script.dataset.root + url
  link.id = `found-${index}`
  link.setAttribute('role', 'option')
  link.append(heading || title, about)
  about.textContent = heading ? `${title}${text ? ` · ${text}` : ''}` : text
  item.append(link)
  return item
}

function choose(step) {
  const links = [...list.querySelectorAll('a')]
  const now = links.findIndex((link) => link.getAttribute('aria-selected') === 'true')
  const next = links[(now + step + links.length) % links.length]
  for (const link of links) link.setAttribute('aria-selected', String(link === next))
  if (!next) return
  field.setAttribute('aria-activedescendant', next.id)
  next.scrollIntoView({ block: 'nearest' })
}

field.disabled = false
field.addEventListener('focus', load)
field.addEventListener('input', async () => show(wfFind(await load(), field.value)))
field.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    field.value = ''
    show([])
  }
  if (event.key === 'Enter') (list.querySelector('[aria-selected="true"]') ?? list.querySelector('a'))?.click()
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault()
    choose(event.key === 'ArrowDown' ? 1 : -1)
  }
})
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || /^(input|textarea|select)$/i.test(document.activeElement?.tagName ?? '')) return
  event.preventDefault()
  field.focus()
})
document.addEventListener('click', (event) => {
  if (!event.target.closest('.search')) show([])
  list.hidden ||= !event.target.closest('.search')
})
