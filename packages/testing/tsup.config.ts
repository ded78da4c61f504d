export { default } from '../../tsup.preset.js'
