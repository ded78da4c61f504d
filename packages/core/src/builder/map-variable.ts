import type { StepOutput } from './map-output.js'
import type { MapSource } from './map-source.js'
import type { StepReference } from './step-context.js'
import type { ShapeOf } from './step-shape.js'
import type { PathsOf } from './typed-path.js'

/**
 * Gives back the source of a map that it gets. An editor offers the paths of the step or workflow in it, and the
 * source can stand apart from the map.
 */
export function mapVariable<
  const Named extends StepReference | readonly StepReference[],
  const Path extends PathsOf<StepOutput<Named>>,
>(source: { readonly step: Named; readonly path: Path }): { readonly step: Named; readonly path: Path }
export function mapVariable<Named extends StepReference, const Path extends PathsOf<ShapeOf<Named>['input']>>(source: {
  readonly initData: Named
  readonly path: Path
}): { readonly initData: Named; readonly path: Path }
export function mapVariable<const Source extends MapSource>(source: Source): Source
export function mapVariable(source: MapSource): MapSource {
  return source
}
