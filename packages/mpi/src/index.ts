export { connectRanks, type ConnectOptions } from './connect.ts';
export {
  detectLauncher,
  toLaunched,
  type Launched,
  type LauncherChoice,
  type LauncherName,
} from './launcher.ts';
