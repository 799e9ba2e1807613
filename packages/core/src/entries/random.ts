export { keyOf, philox, Purpose } from '../random.ts';
