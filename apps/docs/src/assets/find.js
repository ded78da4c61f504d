const most = 12

/** Numbers of the places that have a word which begins so. */
function placesWith(words, start) {
  const found = new Map()
  for (const [word, numbers] of Object.entries(words)) {
    if (!word.startsWith(start)) continue
    for (const number of numbers) found.set(number, Math.max(found.get(number) ?? 0, word === start ? 2 : 1))
  }
  return found
}

/** All words have to be there; titles and headings count more. */
globalThis.wfFind = ({ places, words }, query) => {
  const asked = query.toLowerCase().match(/[\p{Letter}\p{Number}_]+/gu) ?? []
  if (asked.length === 0) return []
  const found = asked.map((word) => placesWith(words, word))
  return [...found[0].keys()]
    .filter((number) => found.every((each) => each.has(number)))
    .map((number) => ({
      number,
      weight: weigh(places[number], asked) + found.reduce((sum, each) => sum + each.get(number), 0),
    }))
    .sort((one, other) => other.weight - one.weight || one.number - other.number)
    .slice(0, most)
    .map(({ number }) => places[number])
}

function weigh([title, heading], asked) {
  const head = (heading || title).toLowerCase()
  const inHead = asked.filter((word) => head.includes(word)).length
  return inHead * 6 + (head === asked.join(' ') ? 12 : 0) + (heading === '' ? 2 : 0)
}
