// Asks the flags of a server through OpenFeature, as a program of others would, and writes one line
// of JSON whenever it knows them anew. It ends with its standard input; the last line says which
// statuses it was answered.
//
// node client.mjs ADDRESS COOKIE TARGETING_KEY POLL_MILLISECONDS [PREVIEW_TOKEN]
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';

const [baseUrl, cookie, targetingKey, pollInterval, token] = process.argv.slice(2);
const statuses = [];
const provider = new OFREPWebProvider({
  baseUrl,
  headers: [['cookie', cookie], ...(token ? [['X-Preview-Token', token]] : [])],
  pollInterval: Number(pollInterval),
  cacheMode: 'disabled',
  disableVisibilityRefresh: true,
  fetchImplementation: async (input, init) => {
    const answer = await fetch(input, init);
    statuses.push(answer.status);
    return answer;
  },
});
const client = OpenFeature.getClient();
const say = (error) => {
  const presentation = client.getStringDetails('account.presentation', 'ordinary');
  const account = client.getObjectDetails('account', {});
  const missing = client.getStringDetails('nope', 'ordinary');
  console.log(JSON.stringify({ error, presentation, account, missing, status: client.providerStatus }));
};
await OpenFeature.setContext({ targetingKey });
try {
  await OpenFeature.setProviderAndWait(provider);
  say(null);
} catch (error) {
  say(String(error));
}
client.addHandler(ProviderEvents.ConfigurationChanged, () => say(null));
process.stdin.resume();
process.stdin.on('end', async () => {
  await OpenFeature.close();
  console.log(JSON.stringify({ statuses }));
});
