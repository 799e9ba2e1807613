export { readCapsule, type Capsule } from './read-capsule.ts';
