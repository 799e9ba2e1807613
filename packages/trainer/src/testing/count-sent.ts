import { bytesToOthers, exchangeBy, startCall } from '../engine/exchange/exchange-call.ts';
import type { Exchange } from '../engine/exchange/exchange.ts';

/** An exchange that counts the bytes that its rank gives to others. */
export function countSent(exchange: Exchange): { exchange: Exchange; sentBytes(): number } {
  let sent = 0;
  return {
    sentBytes: () => sent,
    exchange: exchangeBy(exchange, (call) => {
      sent += bytesToOthers(call, exchange);
      return startCall(exchange, call);
    }),
  };
}
