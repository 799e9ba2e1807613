// pnpm data PATH
import 'convbook/commands/data';
