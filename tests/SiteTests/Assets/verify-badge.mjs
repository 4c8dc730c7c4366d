// Checks a signed badge with a library that knows nothing of the site: JWT on standard input, the JWK that lies at the address in its header in the file named first.
// Prints header and payload, or fails.
import { readFileSync } from 'node:fs';
import { importJWK, jwtVerify } from 'jose';

const key = await importJWK(JSON.parse(readFileSync(process.argv[2], 'utf8')));
const { payload, protectedHeader } = await jwtVerify(readFileSync(0, 'utf8').trim(), key, { algorithms: ['ES256'], currentDate: new Date(process.argv[3]) });
process.stdout.write(JSON.stringify({ header: protectedHeader, payload }));
