import type { MapSource } from './map-source.js'

/** Gives back what it gets; it lets a source of a map be typed away from the map. */
export function mapVariable<const Source extends MapSource>(source: Source): Source {
  return source
}
