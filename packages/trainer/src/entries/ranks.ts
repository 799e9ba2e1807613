export type { Exchange, Ticket } from '../engine/exchange/exchange.ts';
export { isComplete } from '../engine/exchange/exchange.ts';
export {
  completeTicket,
  createDeskExchange,
  takeRequest,
  type ExchangeDesk,
  type ExchangeRequest,
} from '../engine/exchange/exchange-desk.ts';
export { bytesToOthers } from '../engine/exchange/exchange-call.ts';
export type { RankLink } from '../ranks/rank-link.ts';
export { createRounds, type Rounds } from '../ranks/rounds.ts';
export { exitCodeOf, messageOf, nameOfRank, RankError } from '../ranks/rank-error.ts';
export { sharedBytes, spreadBytes } from '../ranks/tell.ts';
