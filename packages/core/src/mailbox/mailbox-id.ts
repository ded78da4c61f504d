import { sha256 } from '../codec/payload-key.js'

/** Which events and waits meet: those of one name and key. */
export interface Address {
  readonly name: string
  readonly key: string
}

/** Longer ones are named by their hash: storages have limits for what they look up. */
const LONGEST_SHOWN = 200

/** The journal of a mailbox. No two addresses have the same, whatever is in them. */
export const mailboxId = ({ name, key }: Address): Promise<string> | string => bounded(JSON.stringify([name, key]))

/** A text by which a repeated call is known, as it is remembered. */
export const shortText = (text: string): Promise<string> | string => bounded(`=${text}`)

const bounded = (text: string): Promise<string> | string => (text.length <= LONGEST_SHOWN ? text : hashOf(text))

/** JSON cannot begin with this sign. */
const hashOf = async (text: string): Promise<string> => `#${await sha256(new TextEncoder().encode(text))}`
