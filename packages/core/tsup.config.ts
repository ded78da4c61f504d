import preset from '../../tsup.preset.js'

export default { ...preset, entry: { index: 'src/index.ts', engine: 'src/engine.ts', hints: 'src/hints/index.ts' } }
