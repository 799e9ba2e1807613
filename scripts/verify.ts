// pnpm verify RUN
import 'convbook/commands/verify';
