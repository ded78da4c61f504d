export { createMybrokerPubSub, type MybrokerPubSubOptions } from './create-mybroker-pub-sub.js'
export { type Broker, startBroker } from './start-broker.js'
