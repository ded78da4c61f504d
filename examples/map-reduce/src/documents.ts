const words = ['lamp', 'piano', 'chair', 'table']

/** So many documents; each second one has one word more. */
export const documents = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `document-${index}`,
    text: [...words, ...words.slice(0, index % 2)].join(' '),
  }))
