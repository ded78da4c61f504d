// The types of others for it bring those of browsers along, and with them all of this repository would be read.
declare module 'jsdom' {
  interface Element {
    innerHTML: string
    readonly textContent: string | null
  }

  export class JSDOM {
    constructor(html: string)
    readonly window: { readonly document: { createElement(name: string): Element } }
  }
}
