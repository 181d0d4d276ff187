import { DEFAULT_REQUEST_RIGHTS, type Profile, type RequestRights } from './profile.ts';

/** What every one of these profiles lets a role do: a right that one of them has taken away is no right under the others (KR-03). */
export function commonRights(profiles: readonly Pick<Profile, 'requestRights'>[]): RequestRights {
  const all = profiles.map(({ requestRights }) => requestRights ?? DEFAULT_REQUEST_RIGHTS);
  const [first = DEFAULT_REQUEST_RIGHTS, ...others] = all;
  return {
    request: first.request.filter((role) => others.every(({ request }) => request.includes(role))),
    approve: first.approve.filter((role) => others.every(({ approve }) => approve.includes(role))),
    collect: first.collect.filter((role) => others.every(({ collect }) => collect.includes(role))),
  };
}
