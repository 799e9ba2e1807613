// pnpm lessons
import 'convbook/commands/lessons';
