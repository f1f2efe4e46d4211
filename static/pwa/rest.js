// What a person can answer cards without, as the way through the page asks for it.

import * as background from "./background.js";
import * as offline from "./offline.js";
import * as results from "./result.js";
import * as reviewing from "./review.js";
import * as sheets from "./sheet.js";
import * as speech from "./speech.js";

export const Voice = speech.Voice;
export const ask = background.ask;
export const keepForLater = offline.keepForLater;
export const look = offline.look;
export const renew = offline.renew;
export const result = results.result;
export const review = reviewing.review;
export const toDelete = sheets.toDelete;
export const toHandOn = sheets.toHandOn;
export const why = sheets.why;
