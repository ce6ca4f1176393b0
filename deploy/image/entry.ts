import { roles } from './roles.ts';
import { migrations } from './schemas.ts';

const [role = '', service = ''] = process.argv.slice(2);
const start = role === 'migrate' ? migrations[service] : roles[role];
if (start) await start();
else {
  console.error(
    `phone82: name what to run: ${Object.keys(roles).join(', ')}, or migrate with ${Object.keys(migrations).join(', ')}`,
  );
  process.exitCode = 2;
}
