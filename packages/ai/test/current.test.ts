import { currentSdk } from './given/sdk.js'
import { playAll } from './play.js'
import { automaticApprovalScenarios } from './scenarios/approvals.js'

playAll(currentSdk, automaticApprovalScenarios(currentSdk))
