import preset from '../../tsup.preset.js'

export default { ...preset, entry: { index: 'src/index.ts', hints: 'src/hints/index.ts' } }
