// Editors look for this name; the configuration lives next door.
export { default } from './vitest.workspace.js'
