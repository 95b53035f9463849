// A handful of places a person may "be" when a location is asked for: a playground has no satellites.

import { api } from "./api.js";
import { here } from "./composer.js";
import { openMenu } from "./menu.js";
import { store } from "./store.js";
import { toast } from "./toasts.js";

const PLACES = [
  ["Berlin", 52.52, 13.405], ["London", 51.507, -0.128], ["New York", 40.713, -74.006], ["San Francisco", 37.775, -122.419],
  ["São Paulo", -23.551, -46.633], ["Lagos", 6.524, 3.379], ["Delhi", 28.614, 77.209], ["Kathmandu", 27.717, 85.324],
  ["Tokyo", 35.677, 139.65], ["Auckland", -36.848, 174.763],
];

/** Lets the speaking person choose where they are and sends it as a location. */
export function choosePlace(anchor) {
  openMenu(anchor, PLACES.map(([label, latitude, longitude]) => ({
    label, icon: "location", run: () => sendKind({ kind: "location", latitude, longitude }),
  })), "Send which location?");
}

/** Sends something that is not a text from the speaking person into the open chat. */
export async function sendKind(what) {
  try {
    await api.send({ from: store.speaker, chat: store.open, ...what, ...here() });
  } catch (problem) {
    toast(problem.message, "error");
  }
}
