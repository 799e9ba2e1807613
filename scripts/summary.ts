// pnpm summary MODEL
import 'convbook/commands/summary';
