import type { NodeFunctions } from './node-functions.js'

/**
 * Functions by static place. Those of nested workflows are looked up in the nested workflow, so a graph that is
 * nested a hundred times is held once.
 */
export class FunctionMap implements ReadonlyMap<string, NodeFunctions> {
  readonly #own: ReadonlyMap<string, NodeFunctions>

  constructor(own: ReadonlyMap<string, NodeFunctions>) {
    this.#own = own
  }

  get(place: string): NodeFunctions | undefined {
    const found = this.#own.get(place)
    if (found) return found
    for (let dot = place.indexOf('.'); dot !== -1; dot = place.indexOf('.', dot + 1)) {
      const nested = this.#own.get(place.slice(0, dot))?.workflow
      if (nested) return nested.functions.get(place.slice(dot + 1))
    }
    return undefined
  }

  has(place: string): boolean {
    return this.get(place) !== undefined
  }

  get size(): number {
    let size = this.#own.size
    for (const { workflow } of this.#own.values()) size += workflow?.functions.size ?? 0
    return size
  }

  *entries(): MapIterator<[string, NodeFunctions]> {
    for (const [place, functions] of this.#own) {
      yield [place, functions]
      for (const [inner, nested] of functions.workflow?.functions ?? []) yield [`${place}.${inner}`, nested]
    }
    return undefined
  }

  *keys(): MapIterator<string> {
    for (const [place] of this.entries()) yield place
    return undefined
  }

  *values(): MapIterator<NodeFunctions> {
    for (const [, functions] of this.entries()) yield functions
    return undefined
  }

  [Symbol.iterator](): MapIterator<[string, NodeFunctions]> {
    return this.entries()
  }

  forEach(visit: (functions: NodeFunctions, place: string, map: ReadonlyMap<string, NodeFunctions>) => void): void {
    for (const [place, functions] of this.entries()) visit(functions, place, this)
  }
}
