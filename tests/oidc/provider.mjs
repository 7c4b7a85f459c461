// A certified OpenID provider on the loopback address, for the tests of signing in and for
// `cargo xtask run --oidc`. Whoever opens it chooses who she is: everyone here is made up.
//
// node provider.mjs PORT APP_URL PEOPLE.json
// PEOPLE.json: [{ "sub", "acr", "name", "cpr"?, "roles"?, "organisation"?, "shown_seconds_ago"? }]
// Prints “listening URL” when it answers. PORT 0: any free one.

import { createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const [port, app, file] = process.argv.slice(2);
const people = new Map(JSON.parse(readFileSync(file, 'utf8')).map((each) => [each.sub, each]));

// Known to the app, too.
const SECRET = 'jobnet-secret';

let count = 0;
// What was last said to the app.
let lastWord = '';
function newKeys() {
  count += 1;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: `key-${count}`, use: 'sig', alg: 'RS256' }] };
}

// The answer of the token endpoint with its ID token changed, and signed anew.
function changeToken(response, { header, claims }, keys) {
  const end = response.end.bind(response);
  response.end = (body) => {
    const answer = JSON.parse(body ?? '{}');
    if (answer.id_token) {
      const payload = JSON.parse(Buffer.from(answer.id_token.split('.')[1], 'base64url'));
      const changed = { ...payload, ...claims };
      for (const [name, value] of Object.entries(claims)) if (value === null) delete changed[name];
      answer.id_token = signed({ header: { typ: 'JWT', ...header }, claims: changed }, keys);
    }
    const text = JSON.stringify(answer);
    response.setHeader('content-length', Buffer.byteLength(text));
    return end(text);
  };
}

// Claims signed with the provider's key, whatever they are; where the header says so, with the secret
// instead, or not at all, so that only the way of signing speaks against them.
function signed({ header, claims }, { keys: [key] }) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const whole = { alg: 'RS256', typ: 'logout+jwt', kid: key.kid, ...header };
  const input = `${part(whole)}.${part(claims)}`;
  const ways = {
    HS256: () => createHmac('sha256', SECRET).update(input).digest('base64url'),
    none: () => '',
  };
  const byKey = () =>
    sign('sha256', Buffer.from(input), createPrivateKey({ key, format: 'jwk' })).toString('base64url');
  return `${input}.${(ways[whole.alg] ?? byKey)()}`;
}

function makeProvider(issuer, jwks) {
  const provider = new Provider(issuer, {
    jwks,
    clients: [{
      client_id: 'jobnet',
      client_secret: SECRET,
      redirect_uris: [`${app}/auth/callback`],
      post_logout_redirect_uris: [`${app}/`],
      backchannel_logout_uri: `${app}/auth/backchannel-logout`,
      backchannel_logout_session_required: true,
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    // What a broker does: the claims stand in the ID token.
    conformIdTokenClaims: false,
    acrValues: ['Low', 'Substantial', 'High'],
    claims: {
      openid: ['sub', 'sid'],
      acr: null,
      person: ['name', 'cpr', 'roles', 'organisation', 'acr'],
    },
    scopes: ['openid', 'person'],
    pkce: { required: () => true },
    cookies: { keys: ['only for tests'] },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          ctx.type = 'html';
          ctx.body = page('Log ud', `${form}
            <button type="submit" form="op.logoutForm" name="logout" value="yes">Log ud</button>`);
        },
        postLogoutSuccessSource(ctx) {
          ctx.type = 'html';
          ctx.body = page('Logget ud', '');
        },
      },
    },
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    // Nobody is asked to consent: the authority and its broker have settled that.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope('openid person');
      await grant.save();
      return grant;
    },
    // The app is on the loopback address, which the provider would not ask by itself.
    fetch(url, { dispatcher, ...options }) {
      if (options.body) lastWord = String(options.body);
      return fetch(url, options);
    },
    findAccount: (ctx, sub) => ({
      accountId: sub,
      claims: () => people.get(sub) ?? { sub },
    }),
    ttl: { Session: 3600, Grant: 3600, Interaction: 600, IdToken: 600, AccessToken: 600 },
  });
  provider.on('server_error', (ctx, error) => console.error(error));
  provider.on('backchannel.error', (ctx, error) => console.error(error));
  return provider;
}

const escape = (text) => text.replace(/[&<>"]/g, (c) => `&#${c.codePointAt(0)};`);
const page = (title, body) => `<!doctype html><html lang="da"><meta charset="utf-8">
  <meta name="viewport" content="width=device-width"><title>${title}</title>
  <h1>${title}</h1><p>Dette er en prøve-udbyder. Alle personer er opdigtede.</p>${body}</html>`;

function chooser(uid) {
  const buttons = [...people.values()].map(({ sub, name, acr }) => `
    <p><button name="sub" value="${escape(sub)}">${escape(name)} (${escape(acr)})</button></p>`);
  return page('Hvem er du?', `<form method="post" action="/interaction/${uid}">${buttons.join('')}
    <p><button name="sub" value="">Afbryd</button></p></form>`);
}

async function text(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const server = createServer();
server.listen(Number(port), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  let keys = newKeys();
  let published;
  // What the next ID token says instead.
  let change;
  let provider = makeProvider(issuer, keys);
  server.on('request', async (request, response) => {
    const { pathname } = new URL(request.url, issuer);
    const send = (text, type = 'text/html') => {
      response.setHeader('content-type', `${type}; charset=utf-8`);
      response.end(text);
    };
    try {
      const interaction = pathname.match(/^\/interaction\/([\w-]+)$/);
      if (interaction && request.method === 'GET') {
        return send(chooser(interaction[1]));
      }
      if (interaction) {
        const sub = new URLSearchParams(await text(request)).get('sub');
        const person = people.get(sub);
        const ts = Math.floor(Date.now() / 1000) - (person?.shown_seconds_ago ?? 0);
        const result = person
          ? { login: { accountId: sub, acr: person.acr, ts } }
          : { error: 'access_denied', error_description: 'broken off' };
        return await provider.interactionFinished(request, response, result);
      }
      // Another key stands in place of the one that goes on signing.
      if (pathname === '/test/withdraw' && request.method === 'POST') {
        published = newKeys();
        return send('withdrawn', 'text/plain');
      }
      if (pathname === '/test/change-token' && request.method === 'POST') {
        change = JSON.parse(await text(request));
        return send('noted', 'text/plain');
      }
      if (pathname === '/token' && change) {
        changeToken(response, change, keys);
        change = undefined;
      }
      // New keys; with `unpublished` the old ones stay the only ones that anyone can read.
      if (pathname === '/test/rotate' && request.method === 'POST') {
        published = request.url.includes('unpublished') ? keys : undefined;
        keys = newKeys();
        provider = makeProvider(issuer, keys);
        return send('rotated', 'text/plain');
      }
      if (pathname === '/test/sign' && request.method === 'POST') {
        return send(signed(JSON.parse(await text(request)), keys), 'text/plain');
      }
      if (pathname === '/test/last-word') return send(lastWord, 'text/plain');
      if (pathname === '/jwks' && published) {
        const readable = published.keys.map(({ kty, n, e, kid, use, alg }) => ({ kty, n, e, kid, use, alg }));
        return send(JSON.stringify({ keys: readable }), 'application/json');
      }
      return provider.callback()(request, response);
    } catch (error) {
      console.error(error);
      response.statusCode = 500;
      return send('error', 'text/plain');
    }
  });
  console.log(`listening ${issuer}`);
});
