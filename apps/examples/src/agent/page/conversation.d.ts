export interface Item {
  readonly kind: 'question' | 'answer' | 'approval' | 'result' | 'problem'
  readonly id: string
  readonly text?: string
  readonly toolCallId?: string
  readonly toolName?: string
  readonly input?: unknown
  readonly output?: unknown
  readonly decision?: 'waiting' | 'approved' | 'declined'
  readonly reason?: string
}

export interface Conversation {
  readonly status: string
  readonly items: readonly Item[]
  readonly tokens: number
  readonly isIncomplete: boolean
}

export function newConversation(): Conversation
export function hear(conversation: Conversation, event: { readonly type: string }): void
export function isOver(conversation: Conversation): boolean
export const eventTypes: readonly string[]
