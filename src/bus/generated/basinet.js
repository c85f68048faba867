/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const basinet = $root.basinet = (() => {

    /**
     * Namespace basinet.
     * @exports basinet
     * @namespace
     */
    const basinet = {};

    basinet.v1 = (function() {

        /**
         * Namespace v1.
         * @memberof basinet
         * @namespace
         */
        const v1 = {};

        v1.Slot = (function() {

            /**
             * Properties of a Slot.
             * @typedef {Object} basinet.v1.Slot.$Properties
             * @property {number|null} [epoch] Slot epoch
             * @property {Uint8Array|null} [previousHash] Slot previousHash
             * @property {basinet.v1.Claim.$Properties|null} [claim] Slot claim
             * @property {basinet.v1.DrawBatch.$Properties|null} [draws] Slot draws
             * @property {basinet.v1.Manifest.$Properties|null} [manifest] Slot manifest
             * @property {number|null} [claimSlot] Slot claimSlot
             * @property {"claim"|"draws"|"manifest"} [body] Slot body
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Slot.
             * @memberof basinet.v1
             * @interface ISlot
             * @augments basinet.v1.Slot.$Properties
             * @deprecated Use basinet.v1.Slot.$Properties instead.
             */

            /**
             * Narrowed shape of a Slot.
             * @typedef {{
             *   epoch?: number|null;
             *   previousHash?: Uint8Array|null;
             *   claim?: basinet.v1.Claim.$Shape|null;
             *   draws?: basinet.v1.DrawBatch.$Shape|null;
             *   manifest?: basinet.v1.Manifest.$Shape|null;
             *   claimSlot?: number|null;
             *   $unknowns?: Array.<Uint8Array>;
             * } & (
             *   ({ body?: undefined; claim?: null; draws?: null; manifest?: null }|{ body?: "claim"; claim: basinet.v1.Claim.$Shape; draws?: null; manifest?: null }|{ body?: "draws"; claim?: null; draws: basinet.v1.DrawBatch.$Shape; manifest?: null }|{ body?: "manifest"; claim?: null; draws?: null; manifest: basinet.v1.Manifest.$Shape })
             * )} basinet.v1.Slot.$Shape
             */

            /**
             * Constructs a new Slot.
             * @memberof basinet.v1
             * @classdesc Represents a Slot.
             * @constructor
             * @param {basinet.v1.Slot.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Slot = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Slot epoch.
             * @member {number} epoch
             * @memberof basinet.v1.Slot
             * @instance
             */
            Slot.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Slot previousHash.
             * @member {Uint8Array} previousHash
             * @memberof basinet.v1.Slot
             * @instance
             */
            Slot.prototype.previousHash = $util.newBuffer([]);

            /**
             * Slot claim.
             * @member {basinet.v1.Claim.$Properties|null|undefined} claim
             * @memberof basinet.v1.Slot
             * @instance
             */
            Slot.prototype.claim = null;

            /**
             * Slot draws.
             * @member {basinet.v1.DrawBatch.$Properties|null|undefined} draws
             * @memberof basinet.v1.Slot
             * @instance
             */
            Slot.prototype.draws = null;

            /**
             * Slot manifest.
             * @member {basinet.v1.Manifest.$Properties|null|undefined} manifest
             * @memberof basinet.v1.Slot
             * @instance
             */
            Slot.prototype.manifest = null;

            /**
             * Slot claimSlot.
             * @member {number} claimSlot
             * @memberof basinet.v1.Slot
             * @instance
             */
            Slot.prototype.claimSlot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            // OneOf field names bound to virtual getters and setters
            let $oneOfFields;

            /**
             * Slot body.
             * @member {"claim"|"draws"|"manifest"|undefined} body
             * @memberof basinet.v1.Slot
             * @instance
             */
            $Object.defineProperty(Slot.prototype, "body", {
                get: $util.oneOfGetter($oneOfFields = ["claim", "draws", "manifest"]),
                set: $util.oneOfSetter($oneOfFields)
            });

            /**
             * Creates a new Slot instance using the specified properties.
             * @function create
             * @memberof basinet.v1.Slot
             * @static
             * @param {basinet.v1.Slot.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.Slot} Slot instance
             * @type {{
             *   (properties: basinet.v1.Slot.$Shape): basinet.v1.Slot & basinet.v1.Slot.$Shape;
             *   (properties?: basinet.v1.Slot.$Properties): basinet.v1.Slot;
             * }}
             */
            Slot.create = function(properties) {
                return new Slot(properties);
            };

            /**
             * Encodes the specified Slot message. Does not implicitly {@link basinet.v1.Slot.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.Slot
             * @static
             * @param {basinet.v1.Slot.$Properties} message Slot message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Slot.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.epoch);
                if (message.previousHash != null && $Object.hasOwnProperty.call(message, "previousHash") && message.previousHash.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.previousHash);
                if (message.claim != null && $Object.hasOwnProperty.call(message, "claim"))
                    $root.basinet.v1.Claim.encode(message.claim, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.draws != null && $Object.hasOwnProperty.call(message, "draws"))
                    $root.basinet.v1.DrawBatch.encode(message.draws, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.manifest != null && $Object.hasOwnProperty.call(message, "manifest"))
                    $root.basinet.v1.Manifest.encode(message.manifest, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.claimSlot != null && $Object.hasOwnProperty.call(message, "claimSlot") && (typeof message.claimSlot === "object" ? message.claimSlot.low || message.claimSlot.high : message.claimSlot !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.claimSlot);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Slot message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.Slot
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.Slot & basinet.v1.Slot.$Shape} Slot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Slot.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.Slot();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.previousHash = value;
                            else
                                delete message.previousHash;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.claim = $root.basinet.v1.Claim.decode(reader, reader.size(), $undefined, _depth + 1, message.claim);
                            message.body = "claim";
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.draws = $root.basinet.v1.DrawBatch.decode(reader, reader.size(), $undefined, _depth + 1, message.draws);
                            message.body = "draws";
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.manifest = $root.basinet.v1.Manifest.decode(reader, reader.size(), $undefined, _depth + 1, message.manifest);
                            message.body = "manifest";
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.claimSlot = value;
                            else
                                delete message.claimSlot;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Slot
             * @function getTypeUrl
             * @memberof basinet.v1.Slot
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Slot.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.Slot";
            };

            return Slot;
        })();

        v1.Claim = (function() {

            /**
             * Properties of a Claim.
             * @typedef {Object} basinet.v1.Claim.$Properties
             * @property {string|null} [worker] Claim worker
             * @property {string|null} [deviceClass] Claim deviceClass
             * @property {Uint8Array|null} [nonce] Claim nonce
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Claim.
             * @memberof basinet.v1
             * @interface IClaim
             * @augments basinet.v1.Claim.$Properties
             * @deprecated Use basinet.v1.Claim.$Properties instead.
             */

            /**
             * Shape of a Claim.
             * @typedef {basinet.v1.Claim.$Properties} basinet.v1.Claim.$Shape
             */

            /**
             * Constructs a new Claim.
             * @memberof basinet.v1
             * @classdesc Represents a Claim.
             * @constructor
             * @param {basinet.v1.Claim.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Claim = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Claim worker.
             * @member {string} worker
             * @memberof basinet.v1.Claim
             * @instance
             */
            Claim.prototype.worker = "";

            /**
             * Claim deviceClass.
             * @member {string} deviceClass
             * @memberof basinet.v1.Claim
             * @instance
             */
            Claim.prototype.deviceClass = "";

            /**
             * Claim nonce.
             * @member {Uint8Array} nonce
             * @memberof basinet.v1.Claim
             * @instance
             */
            Claim.prototype.nonce = $util.newBuffer([]);

            /**
             * Creates a new Claim instance using the specified properties.
             * @function create
             * @memberof basinet.v1.Claim
             * @static
             * @param {basinet.v1.Claim.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.Claim} Claim instance
             * @type {{
             *   (properties: basinet.v1.Claim.$Shape): basinet.v1.Claim & basinet.v1.Claim.$Shape;
             *   (properties?: basinet.v1.Claim.$Properties): basinet.v1.Claim;
             * }}
             */
            Claim.create = function(properties) {
                return new Claim(properties);
            };

            /**
             * Encodes the specified Claim message. Does not implicitly {@link basinet.v1.Claim.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.Claim
             * @static
             * @param {basinet.v1.Claim.$Properties} message Claim message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Claim.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.worker != null && $Object.hasOwnProperty.call(message, "worker") && message.worker !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.worker);
                if (message.deviceClass != null && $Object.hasOwnProperty.call(message, "deviceClass") && message.deviceClass !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.deviceClass);
                if (message.nonce != null && $Object.hasOwnProperty.call(message, "nonce") && message.nonce.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.nonce);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Claim message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.Claim
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.Claim & basinet.v1.Claim.$Shape} Claim
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Claim.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.Claim();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.worker = value;
                            else
                                delete message.worker;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.deviceClass = value;
                            else
                                delete message.deviceClass;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.nonce = value;
                            else
                                delete message.nonce;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Claim
             * @function getTypeUrl
             * @memberof basinet.v1.Claim
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Claim.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.Claim";
            };

            return Claim;
        })();

        v1.DrawBatch = (function() {

            /**
             * Properties of a DrawBatch.
             * @typedef {Object} basinet.v1.DrawBatch.$Properties
             * @property {Array.<basinet.v1.Draw.$Properties>|null} [draws] DrawBatch draws
             * @property {number|null} [adaptationSlot] DrawBatch adaptationSlot
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DrawBatch.
             * @memberof basinet.v1
             * @interface IDrawBatch
             * @augments basinet.v1.DrawBatch.$Properties
             * @deprecated Use basinet.v1.DrawBatch.$Properties instead.
             */

            /**
             * Shape of a DrawBatch.
             * @typedef {basinet.v1.DrawBatch.$Properties} basinet.v1.DrawBatch.$Shape
             */

            /**
             * Constructs a new DrawBatch.
             * @memberof basinet.v1
             * @classdesc Represents a DrawBatch.
             * @constructor
             * @param {basinet.v1.DrawBatch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DrawBatch = function (properties) {
                this.draws = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DrawBatch draws.
             * @member {Array.<basinet.v1.Draw.$Properties>} draws
             * @memberof basinet.v1.DrawBatch
             * @instance
             */
            DrawBatch.prototype.draws = $util.emptyArray;

            /**
             * DrawBatch adaptationSlot.
             * @member {number} adaptationSlot
             * @memberof basinet.v1.DrawBatch
             * @instance
             */
            DrawBatch.prototype.adaptationSlot = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new DrawBatch instance using the specified properties.
             * @function create
             * @memberof basinet.v1.DrawBatch
             * @static
             * @param {basinet.v1.DrawBatch.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.DrawBatch} DrawBatch instance
             * @type {{
             *   (properties: basinet.v1.DrawBatch.$Shape): basinet.v1.DrawBatch & basinet.v1.DrawBatch.$Shape;
             *   (properties?: basinet.v1.DrawBatch.$Properties): basinet.v1.DrawBatch;
             * }}
             */
            DrawBatch.create = function(properties) {
                return new DrawBatch(properties);
            };

            /**
             * Encodes the specified DrawBatch message. Does not implicitly {@link basinet.v1.DrawBatch.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.DrawBatch
             * @static
             * @param {basinet.v1.DrawBatch.$Properties} message DrawBatch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DrawBatch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.draws != null && message.draws.length)
                    for (let i = 0; i < message.draws.length; ++i)
                        $root.basinet.v1.Draw.encode(message.draws[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.adaptationSlot != null && $Object.hasOwnProperty.call(message, "adaptationSlot") && (typeof message.adaptationSlot === "object" ? message.adaptationSlot.low || message.adaptationSlot.high : message.adaptationSlot !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.adaptationSlot);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DrawBatch message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.DrawBatch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.DrawBatch & basinet.v1.DrawBatch.$Shape} DrawBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DrawBatch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.DrawBatch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.draws && message.draws.length))
                                message.draws = [];
                            message.draws.push($root.basinet.v1.Draw.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.adaptationSlot = value;
                            else
                                delete message.adaptationSlot;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DrawBatch
             * @function getTypeUrl
             * @memberof basinet.v1.DrawBatch
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DrawBatch.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.DrawBatch";
            };

            return DrawBatch;
        })();

        v1.Manifest = (function() {

            /**
             * Properties of a Manifest.
             * @typedef {Object} basinet.v1.Manifest.$Properties
             * @property {Array.<Uint8Array>|null} [chunks] Manifest chunks
             * @property {number|null} [size] Manifest size
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Manifest.
             * @memberof basinet.v1
             * @interface IManifest
             * @augments basinet.v1.Manifest.$Properties
             * @deprecated Use basinet.v1.Manifest.$Properties instead.
             */

            /**
             * Shape of a Manifest.
             * @typedef {basinet.v1.Manifest.$Properties} basinet.v1.Manifest.$Shape
             */

            /**
             * Constructs a new Manifest.
             * @memberof basinet.v1
             * @classdesc Represents a Manifest.
             * @constructor
             * @param {basinet.v1.Manifest.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Manifest = function (properties) {
                this.chunks = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Manifest chunks.
             * @member {Array.<Uint8Array>} chunks
             * @memberof basinet.v1.Manifest
             * @instance
             */
            Manifest.prototype.chunks = $util.emptyArray;

            /**
             * Manifest size.
             * @member {number} size
             * @memberof basinet.v1.Manifest
             * @instance
             */
            Manifest.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new Manifest instance using the specified properties.
             * @function create
             * @memberof basinet.v1.Manifest
             * @static
             * @param {basinet.v1.Manifest.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.Manifest} Manifest instance
             * @type {{
             *   (properties: basinet.v1.Manifest.$Shape): basinet.v1.Manifest & basinet.v1.Manifest.$Shape;
             *   (properties?: basinet.v1.Manifest.$Properties): basinet.v1.Manifest;
             * }}
             */
            Manifest.create = function(properties) {
                return new Manifest(properties);
            };

            /**
             * Encodes the specified Manifest message. Does not implicitly {@link basinet.v1.Manifest.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.Manifest
             * @static
             * @param {basinet.v1.Manifest.$Properties} message Manifest message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Manifest.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chunks != null && message.chunks.length)
                    for (let i = 0; i < message.chunks.length; ++i)
                        writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.chunks[i]);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.size);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Manifest message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.Manifest
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.Manifest & basinet.v1.Manifest.$Shape} Manifest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Manifest.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.Manifest();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.chunks && message.chunks.length))
                                message.chunks = [];
                            message.chunks.push(reader.bytes());
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Manifest
             * @function getTypeUrl
             * @memberof basinet.v1.Manifest
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Manifest.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.Manifest";
            };

            return Manifest;
        })();

        /**
         * Phase enum.
         * @name basinet.v1.Phase
         * @enum {number}
         * @property {number} PHASE_UNSPECIFIED=0 PHASE_UNSPECIFIED value
         * @property {number} PHASE_WARMUP=1 PHASE_WARMUP value
         * @property {number} PHASE_SAMPLING=2 PHASE_SAMPLING value
         */
        v1.Phase = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "PHASE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "PHASE_WARMUP"] = 1;
            values[valuesById[2] = "PHASE_SAMPLING"] = 2;
            return values;
        })();

        v1.Draw = (function() {

            /**
             * Properties of a Draw.
             * @typedef {Object} basinet.v1.Draw.$Properties
             * @property {basinet.v1.Phase|null} [phase] Draw phase
             * @property {number|null} [iteration] Draw iteration
             * @property {Uint8Array|null} [position] Draw position
             * @property {basinet.v1.TransitionInfo.$Properties|null} [info] Draw info
             * @property {basinet.v1.Adaptation.$Properties|null} [adaptation] Draw adaptation
             * @property {Uint8Array|null} [probeOutputs] Draw probeOutputs
             * @property {basinet.v1.KernelState.$Properties|null} [kernel] Draw kernel
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Draw.
             * @memberof basinet.v1
             * @interface IDraw
             * @augments basinet.v1.Draw.$Properties
             * @deprecated Use basinet.v1.Draw.$Properties instead.
             */

            /**
             * Shape of a Draw.
             * @typedef {basinet.v1.Draw.$Properties} basinet.v1.Draw.$Shape
             */

            /**
             * Constructs a new Draw.
             * @memberof basinet.v1
             * @classdesc Represents a Draw.
             * @constructor
             * @param {basinet.v1.Draw.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Draw = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Draw phase.
             * @member {basinet.v1.Phase} phase
             * @memberof basinet.v1.Draw
             * @instance
             */
            Draw.prototype.phase = 0;

            /**
             * Draw iteration.
             * @member {number} iteration
             * @memberof basinet.v1.Draw
             * @instance
             */
            Draw.prototype.iteration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Draw position.
             * @member {Uint8Array} position
             * @memberof basinet.v1.Draw
             * @instance
             */
            Draw.prototype.position = $util.newBuffer([]);

            /**
             * Draw info.
             * @member {basinet.v1.TransitionInfo.$Properties|null|undefined} info
             * @memberof basinet.v1.Draw
             * @instance
             */
            Draw.prototype.info = null;

            /**
             * Draw adaptation.
             * @member {basinet.v1.Adaptation.$Properties|null|undefined} adaptation
             * @memberof basinet.v1.Draw
             * @instance
             */
            Draw.prototype.adaptation = null;

            /**
             * Draw probeOutputs.
             * @member {Uint8Array} probeOutputs
             * @memberof basinet.v1.Draw
             * @instance
             */
            Draw.prototype.probeOutputs = $util.newBuffer([]);

            /**
             * Draw kernel.
             * @member {basinet.v1.KernelState.$Properties|null|undefined} kernel
             * @memberof basinet.v1.Draw
             * @instance
             */
            Draw.prototype.kernel = null;

            /**
             * Creates a new Draw instance using the specified properties.
             * @function create
             * @memberof basinet.v1.Draw
             * @static
             * @param {basinet.v1.Draw.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.Draw} Draw instance
             * @type {{
             *   (properties: basinet.v1.Draw.$Shape): basinet.v1.Draw & basinet.v1.Draw.$Shape;
             *   (properties?: basinet.v1.Draw.$Properties): basinet.v1.Draw;
             * }}
             */
            Draw.create = function(properties) {
                return new Draw(properties);
            };

            /**
             * Encodes the specified Draw message. Does not implicitly {@link basinet.v1.Draw.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.Draw
             * @static
             * @param {basinet.v1.Draw.$Properties} message Draw message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Draw.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.phase != null && $Object.hasOwnProperty.call(message, "phase") && message.phase !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).int32(message.phase);
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && (typeof message.iteration === "object" ? message.iteration.low || message.iteration.high : message.iteration !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.iteration);
                if (message.position != null && $Object.hasOwnProperty.call(message, "position") && message.position.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.position);
                if (message.info != null && $Object.hasOwnProperty.call(message, "info"))
                    $root.basinet.v1.TransitionInfo.encode(message.info, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.adaptation != null && $Object.hasOwnProperty.call(message, "adaptation"))
                    $root.basinet.v1.Adaptation.encode(message.adaptation, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.probeOutputs != null && $Object.hasOwnProperty.call(message, "probeOutputs") && message.probeOutputs.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.probeOutputs);
                if (message.kernel != null && $Object.hasOwnProperty.call(message, "kernel"))
                    $root.basinet.v1.KernelState.encode(message.kernel, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Draw message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.Draw
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.Draw & basinet.v1.Draw.$Shape} Draw
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Draw.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.Draw();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.phase = value;
                            else
                                delete message.phase;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.position = value;
                            else
                                delete message.position;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.info = $root.basinet.v1.TransitionInfo.decode(reader, reader.size(), $undefined, _depth + 1, message.info);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.adaptation = $root.basinet.v1.Adaptation.decode(reader, reader.size(), $undefined, _depth + 1, message.adaptation);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.probeOutputs = value;
                            else
                                delete message.probeOutputs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            message.kernel = $root.basinet.v1.KernelState.decode(reader, reader.size(), $undefined, _depth + 1, message.kernel);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Draw
             * @function getTypeUrl
             * @memberof basinet.v1.Draw
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Draw.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.Draw";
            };

            return Draw;
        })();

        v1.TransitionInfo = (function() {

            /**
             * Properties of a TransitionInfo.
             * @typedef {Object} basinet.v1.TransitionInfo.$Properties
             * @property {number|null} [potentialEnergy] TransitionInfo potentialEnergy
             * @property {number|null} [kineticEnergy] TransitionInfo kineticEnergy
             * @property {number|null} [energyError] TransitionInfo energyError
             * @property {number|null} [acceptanceRate] TransitionInfo acceptanceRate
             * @property {boolean|null} [accepted] TransitionInfo accepted
             * @property {boolean|null} [divergent] TransitionInfo divergent
             * @property {number|null} [stepSize] TransitionInfo stepSize
             * @property {number|null} [leapfrogSteps] TransitionInfo leapfrogSteps
             * @property {number|null} [priorEnergy] TransitionInfo priorEnergy
             * @property {number|null} [likelihoodEnergy] TransitionInfo likelihoodEnergy
             * @property {number|null} [totalGradients] TransitionInfo totalGradients
             * @property {number|null} [totalDivergences] TransitionInfo totalDivergences
             * @property {number|null} [meanAcceptanceRate] TransitionInfo meanAcceptanceRate
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a TransitionInfo.
             * @memberof basinet.v1
             * @interface ITransitionInfo
             * @augments basinet.v1.TransitionInfo.$Properties
             * @deprecated Use basinet.v1.TransitionInfo.$Properties instead.
             */

            /**
             * Shape of a TransitionInfo.
             * @typedef {basinet.v1.TransitionInfo.$Properties} basinet.v1.TransitionInfo.$Shape
             */

            /**
             * Constructs a new TransitionInfo.
             * @memberof basinet.v1
             * @classdesc Represents a TransitionInfo.
             * @constructor
             * @param {basinet.v1.TransitionInfo.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const TransitionInfo = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * TransitionInfo potentialEnergy.
             * @member {number} potentialEnergy
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.potentialEnergy = 0;

            /**
             * TransitionInfo kineticEnergy.
             * @member {number} kineticEnergy
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.kineticEnergy = 0;

            /**
             * TransitionInfo energyError.
             * @member {number} energyError
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.energyError = 0;

            /**
             * TransitionInfo acceptanceRate.
             * @member {number} acceptanceRate
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.acceptanceRate = 0;

            /**
             * TransitionInfo accepted.
             * @member {boolean} accepted
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.accepted = false;

            /**
             * TransitionInfo divergent.
             * @member {boolean} divergent
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.divergent = false;

            /**
             * TransitionInfo stepSize.
             * @member {number} stepSize
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.stepSize = 0;

            /**
             * TransitionInfo leapfrogSteps.
             * @member {number} leapfrogSteps
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.leapfrogSteps = 0;

            /**
             * TransitionInfo priorEnergy.
             * @member {number} priorEnergy
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.priorEnergy = 0;

            /**
             * TransitionInfo likelihoodEnergy.
             * @member {number} likelihoodEnergy
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.likelihoodEnergy = 0;

            /**
             * TransitionInfo totalGradients.
             * @member {number} totalGradients
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.totalGradients = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TransitionInfo totalDivergences.
             * @member {number} totalDivergences
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.totalDivergences = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * TransitionInfo meanAcceptanceRate.
             * @member {number} meanAcceptanceRate
             * @memberof basinet.v1.TransitionInfo
             * @instance
             */
            TransitionInfo.prototype.meanAcceptanceRate = 0;

            /**
             * Creates a new TransitionInfo instance using the specified properties.
             * @function create
             * @memberof basinet.v1.TransitionInfo
             * @static
             * @param {basinet.v1.TransitionInfo.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.TransitionInfo} TransitionInfo instance
             * @type {{
             *   (properties: basinet.v1.TransitionInfo.$Shape): basinet.v1.TransitionInfo & basinet.v1.TransitionInfo.$Shape;
             *   (properties?: basinet.v1.TransitionInfo.$Properties): basinet.v1.TransitionInfo;
             * }}
             */
            TransitionInfo.create = function(properties) {
                return new TransitionInfo(properties);
            };

            /**
             * Encodes the specified TransitionInfo message. Does not implicitly {@link basinet.v1.TransitionInfo.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.TransitionInfo
             * @static
             * @param {basinet.v1.TransitionInfo.$Properties} message TransitionInfo message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            TransitionInfo.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.potentialEnergy != null && $Object.hasOwnProperty.call(message, "potentialEnergy") && !$Object.is(message.potentialEnergy, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.potentialEnergy);
                if (message.kineticEnergy != null && $Object.hasOwnProperty.call(message, "kineticEnergy") && !$Object.is(message.kineticEnergy, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.kineticEnergy);
                if (message.energyError != null && $Object.hasOwnProperty.call(message, "energyError") && !$Object.is(message.energyError, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.energyError);
                if (message.acceptanceRate != null && $Object.hasOwnProperty.call(message, "acceptanceRate") && !$Object.is(message.acceptanceRate, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.acceptanceRate);
                if (message.accepted != null && $Object.hasOwnProperty.call(message, "accepted") && message.accepted !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.accepted);
                if (message.divergent != null && $Object.hasOwnProperty.call(message, "divergent") && message.divergent !== false)
                    writer.uint32(/* id 6, wireType 0 =*/48).bool(message.divergent);
                if (message.stepSize != null && $Object.hasOwnProperty.call(message, "stepSize") && !$Object.is(message.stepSize, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.stepSize);
                if (message.leapfrogSteps != null && $Object.hasOwnProperty.call(message, "leapfrogSteps") && message.leapfrogSteps !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.leapfrogSteps);
                if (message.priorEnergy != null && $Object.hasOwnProperty.call(message, "priorEnergy") && !$Object.is(message.priorEnergy, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.priorEnergy);
                if (message.likelihoodEnergy != null && $Object.hasOwnProperty.call(message, "likelihoodEnergy") && !$Object.is(message.likelihoodEnergy, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.likelihoodEnergy);
                if (message.totalGradients != null && $Object.hasOwnProperty.call(message, "totalGradients") && (typeof message.totalGradients === "object" ? message.totalGradients.low || message.totalGradients.high : message.totalGradients !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.totalGradients);
                if (message.totalDivergences != null && $Object.hasOwnProperty.call(message, "totalDivergences") && (typeof message.totalDivergences === "object" ? message.totalDivergences.low || message.totalDivergences.high : message.totalDivergences !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.totalDivergences);
                if (message.meanAcceptanceRate != null && $Object.hasOwnProperty.call(message, "meanAcceptanceRate") && !$Object.is(message.meanAcceptanceRate, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.meanAcceptanceRate);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a TransitionInfo message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.TransitionInfo
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.TransitionInfo & basinet.v1.TransitionInfo.$Shape} TransitionInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            TransitionInfo.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.TransitionInfo();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.potentialEnergy = value;
                            else
                                delete message.potentialEnergy;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.kineticEnergy = value;
                            else
                                delete message.kineticEnergy;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.energyError = value;
                            else
                                delete message.energyError;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.acceptanceRate = value;
                            else
                                delete message.acceptanceRate;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.accepted = value;
                            else
                                delete message.accepted;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.divergent = value;
                            else
                                delete message.divergent;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.stepSize = value;
                            else
                                delete message.stepSize;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.leapfrogSteps = value;
                            else
                                delete message.leapfrogSteps;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.priorEnergy = value;
                            else
                                delete message.priorEnergy;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.likelihoodEnergy = value;
                            else
                                delete message.likelihoodEnergy;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.totalGradients = value;
                            else
                                delete message.totalGradients;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.totalDivergences = value;
                            else
                                delete message.totalDivergences;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.meanAcceptanceRate = value;
                            else
                                delete message.meanAcceptanceRate;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for TransitionInfo
             * @function getTypeUrl
             * @memberof basinet.v1.TransitionInfo
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            TransitionInfo.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.TransitionInfo";
            };

            return TransitionInfo;
        })();

        v1.Adaptation = (function() {

            /**
             * Properties of an Adaptation.
             * @typedef {Object} basinet.v1.Adaptation.$Properties
             * @property {number|null} [stepSize] Adaptation stepSize
             * @property {number|null} [logStepSize] Adaptation logStepSize
             * @property {number|null} [logStepSizeAverage] Adaptation logStepSizeAverage
             * @property {number|null} [errorAverage] Adaptation errorAverage
             * @property {number|null} [logStepSizeAnchor] Adaptation logStepSizeAnchor
             * @property {number|null} [stepSizeUpdates] Adaptation stepSizeUpdates
             * @property {Uint8Array|null} [inverseMassMatrix] Adaptation inverseMassMatrix
             * @property {number|null} [windowCount] Adaptation windowCount
             * @property {Uint8Array|null} [windowMean] Adaptation windowMean
             * @property {Uint8Array|null} [windowSumSquares] Adaptation windowSumSquares
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an Adaptation.
             * @memberof basinet.v1
             * @interface IAdaptation
             * @augments basinet.v1.Adaptation.$Properties
             * @deprecated Use basinet.v1.Adaptation.$Properties instead.
             */

            /**
             * Shape of an Adaptation.
             * @typedef {basinet.v1.Adaptation.$Properties} basinet.v1.Adaptation.$Shape
             */

            /**
             * Constructs a new Adaptation.
             * @memberof basinet.v1
             * @classdesc Represents an Adaptation.
             * @constructor
             * @param {basinet.v1.Adaptation.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Adaptation = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Adaptation stepSize.
             * @member {number} stepSize
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.stepSize = 0;

            /**
             * Adaptation logStepSize.
             * @member {number} logStepSize
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.logStepSize = 0;

            /**
             * Adaptation logStepSizeAverage.
             * @member {number} logStepSizeAverage
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.logStepSizeAverage = 0;

            /**
             * Adaptation errorAverage.
             * @member {number} errorAverage
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.errorAverage = 0;

            /**
             * Adaptation logStepSizeAnchor.
             * @member {number} logStepSizeAnchor
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.logStepSizeAnchor = 0;

            /**
             * Adaptation stepSizeUpdates.
             * @member {number} stepSizeUpdates
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.stepSizeUpdates = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Adaptation inverseMassMatrix.
             * @member {Uint8Array} inverseMassMatrix
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.inverseMassMatrix = $util.newBuffer([]);

            /**
             * Adaptation windowCount.
             * @member {number} windowCount
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.windowCount = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Adaptation windowMean.
             * @member {Uint8Array} windowMean
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.windowMean = $util.newBuffer([]);

            /**
             * Adaptation windowSumSquares.
             * @member {Uint8Array} windowSumSquares
             * @memberof basinet.v1.Adaptation
             * @instance
             */
            Adaptation.prototype.windowSumSquares = $util.newBuffer([]);

            /**
             * Creates a new Adaptation instance using the specified properties.
             * @function create
             * @memberof basinet.v1.Adaptation
             * @static
             * @param {basinet.v1.Adaptation.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.Adaptation} Adaptation instance
             * @type {{
             *   (properties: basinet.v1.Adaptation.$Shape): basinet.v1.Adaptation & basinet.v1.Adaptation.$Shape;
             *   (properties?: basinet.v1.Adaptation.$Properties): basinet.v1.Adaptation;
             * }}
             */
            Adaptation.create = function(properties) {
                return new Adaptation(properties);
            };

            /**
             * Encodes the specified Adaptation message. Does not implicitly {@link basinet.v1.Adaptation.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.Adaptation
             * @static
             * @param {basinet.v1.Adaptation.$Properties} message Adaptation message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Adaptation.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.stepSize != null && $Object.hasOwnProperty.call(message, "stepSize") && !$Object.is(message.stepSize, 0))
                    writer.uint32(/* id 1, wireType 1 =*/9).double(message.stepSize);
                if (message.logStepSize != null && $Object.hasOwnProperty.call(message, "logStepSize") && !$Object.is(message.logStepSize, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.logStepSize);
                if (message.logStepSizeAverage != null && $Object.hasOwnProperty.call(message, "logStepSizeAverage") && !$Object.is(message.logStepSizeAverage, 0))
                    writer.uint32(/* id 3, wireType 1 =*/25).double(message.logStepSizeAverage);
                if (message.errorAverage != null && $Object.hasOwnProperty.call(message, "errorAverage") && !$Object.is(message.errorAverage, 0))
                    writer.uint32(/* id 4, wireType 1 =*/33).double(message.errorAverage);
                if (message.logStepSizeAnchor != null && $Object.hasOwnProperty.call(message, "logStepSizeAnchor") && !$Object.is(message.logStepSizeAnchor, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.logStepSizeAnchor);
                if (message.stepSizeUpdates != null && $Object.hasOwnProperty.call(message, "stepSizeUpdates") && (typeof message.stepSizeUpdates === "object" ? message.stepSizeUpdates.low || message.stepSizeUpdates.high : message.stepSizeUpdates !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.stepSizeUpdates);
                if (message.inverseMassMatrix != null && $Object.hasOwnProperty.call(message, "inverseMassMatrix") && message.inverseMassMatrix.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.inverseMassMatrix);
                if (message.windowCount != null && $Object.hasOwnProperty.call(message, "windowCount") && (typeof message.windowCount === "object" ? message.windowCount.low || message.windowCount.high : message.windowCount !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.windowCount);
                if (message.windowMean != null && $Object.hasOwnProperty.call(message, "windowMean") && message.windowMean.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.windowMean);
                if (message.windowSumSquares != null && $Object.hasOwnProperty.call(message, "windowSumSquares") && message.windowSumSquares.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).bytes(message.windowSumSquares);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an Adaptation message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.Adaptation
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.Adaptation & basinet.v1.Adaptation.$Shape} Adaptation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Adaptation.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.Adaptation();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.stepSize = value;
                            else
                                delete message.stepSize;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.logStepSize = value;
                            else
                                delete message.logStepSize;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.logStepSizeAverage = value;
                            else
                                delete message.logStepSizeAverage;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.errorAverage = value;
                            else
                                delete message.errorAverage;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.logStepSizeAnchor = value;
                            else
                                delete message.logStepSizeAnchor;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.stepSizeUpdates = value;
                            else
                                delete message.stepSizeUpdates;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.inverseMassMatrix = value;
                            else
                                delete message.inverseMassMatrix;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.windowCount = value;
                            else
                                delete message.windowCount;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.windowMean = value;
                            else
                                delete message.windowMean;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.windowSumSquares = value;
                            else
                                delete message.windowSumSquares;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Adaptation
             * @function getTypeUrl
             * @memberof basinet.v1.Adaptation
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Adaptation.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.Adaptation";
            };

            return Adaptation;
        })();

        v1.KernelState = (function() {

            /**
             * Properties of a KernelState.
             * @typedef {Object} basinet.v1.KernelState.$Properties
             * @property {Array.<basinet.v1.KernelScalar.$Properties>|null} [scalars] KernelState scalars
             * @property {Array.<basinet.v1.KernelArray.$Properties>|null} [arrays] KernelState arrays
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KernelState.
             * @memberof basinet.v1
             * @interface IKernelState
             * @augments basinet.v1.KernelState.$Properties
             * @deprecated Use basinet.v1.KernelState.$Properties instead.
             */

            /**
             * Shape of a KernelState.
             * @typedef {basinet.v1.KernelState.$Properties} basinet.v1.KernelState.$Shape
             */

            /**
             * Constructs a new KernelState.
             * @memberof basinet.v1
             * @classdesc Represents a KernelState.
             * @constructor
             * @param {basinet.v1.KernelState.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KernelState = function (properties) {
                this.scalars = [];
                this.arrays = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KernelState scalars.
             * @member {Array.<basinet.v1.KernelScalar.$Properties>} scalars
             * @memberof basinet.v1.KernelState
             * @instance
             */
            KernelState.prototype.scalars = $util.emptyArray;

            /**
             * KernelState arrays.
             * @member {Array.<basinet.v1.KernelArray.$Properties>} arrays
             * @memberof basinet.v1.KernelState
             * @instance
             */
            KernelState.prototype.arrays = $util.emptyArray;

            /**
             * Creates a new KernelState instance using the specified properties.
             * @function create
             * @memberof basinet.v1.KernelState
             * @static
             * @param {basinet.v1.KernelState.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.KernelState} KernelState instance
             * @type {{
             *   (properties: basinet.v1.KernelState.$Shape): basinet.v1.KernelState & basinet.v1.KernelState.$Shape;
             *   (properties?: basinet.v1.KernelState.$Properties): basinet.v1.KernelState;
             * }}
             */
            KernelState.create = function(properties) {
                return new KernelState(properties);
            };

            /**
             * Encodes the specified KernelState message. Does not implicitly {@link basinet.v1.KernelState.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.KernelState
             * @static
             * @param {basinet.v1.KernelState.$Properties} message KernelState message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KernelState.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.scalars != null && message.scalars.length)
                    for (let i = 0; i < message.scalars.length; ++i)
                        $root.basinet.v1.KernelScalar.encode(message.scalars[i], writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
                if (message.arrays != null && message.arrays.length)
                    for (let i = 0; i < message.arrays.length; ++i)
                        $root.basinet.v1.KernelArray.encode(message.arrays[i], writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KernelState message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.KernelState
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.KernelState & basinet.v1.KernelState.$Shape} KernelState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KernelState.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.KernelState();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if (!(message.scalars && message.scalars.length))
                                message.scalars = [];
                            message.scalars.push($root.basinet.v1.KernelScalar.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if (!(message.arrays && message.arrays.length))
                                message.arrays = [];
                            message.arrays.push($root.basinet.v1.KernelArray.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for KernelState
             * @function getTypeUrl
             * @memberof basinet.v1.KernelState
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            KernelState.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.KernelState";
            };

            return KernelState;
        })();

        v1.KernelScalar = (function() {

            /**
             * Properties of a KernelScalar.
             * @typedef {Object} basinet.v1.KernelScalar.$Properties
             * @property {string|null} [name] KernelScalar name
             * @property {number|null} [value] KernelScalar value
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KernelScalar.
             * @memberof basinet.v1
             * @interface IKernelScalar
             * @augments basinet.v1.KernelScalar.$Properties
             * @deprecated Use basinet.v1.KernelScalar.$Properties instead.
             */

            /**
             * Shape of a KernelScalar.
             * @typedef {basinet.v1.KernelScalar.$Properties} basinet.v1.KernelScalar.$Shape
             */

            /**
             * Constructs a new KernelScalar.
             * @memberof basinet.v1
             * @classdesc Represents a KernelScalar.
             * @constructor
             * @param {basinet.v1.KernelScalar.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KernelScalar = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KernelScalar name.
             * @member {string} name
             * @memberof basinet.v1.KernelScalar
             * @instance
             */
            KernelScalar.prototype.name = "";

            /**
             * KernelScalar value.
             * @member {number} value
             * @memberof basinet.v1.KernelScalar
             * @instance
             */
            KernelScalar.prototype.value = 0;

            /**
             * Creates a new KernelScalar instance using the specified properties.
             * @function create
             * @memberof basinet.v1.KernelScalar
             * @static
             * @param {basinet.v1.KernelScalar.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.KernelScalar} KernelScalar instance
             * @type {{
             *   (properties: basinet.v1.KernelScalar.$Shape): basinet.v1.KernelScalar & basinet.v1.KernelScalar.$Shape;
             *   (properties?: basinet.v1.KernelScalar.$Properties): basinet.v1.KernelScalar;
             * }}
             */
            KernelScalar.create = function(properties) {
                return new KernelScalar(properties);
            };

            /**
             * Encodes the specified KernelScalar message. Does not implicitly {@link basinet.v1.KernelScalar.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.KernelScalar
             * @static
             * @param {basinet.v1.KernelScalar.$Properties} message KernelScalar message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KernelScalar.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.value != null && $Object.hasOwnProperty.call(message, "value") && !$Object.is(message.value, 0))
                    writer.uint32(/* id 2, wireType 1 =*/17).double(message.value);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KernelScalar message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.KernelScalar
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.KernelScalar & basinet.v1.KernelScalar.$Shape} KernelScalar
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KernelScalar.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.KernelScalar();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.value = value;
                            else
                                delete message.value;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for KernelScalar
             * @function getTypeUrl
             * @memberof basinet.v1.KernelScalar
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            KernelScalar.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.KernelScalar";
            };

            return KernelScalar;
        })();

        v1.KernelArray = (function() {

            /**
             * Properties of a KernelArray.
             * @typedef {Object} basinet.v1.KernelArray.$Properties
             * @property {string|null} [name] KernelArray name
             * @property {Uint8Array|null} [float32] KernelArray float32
             * @property {Uint8Array|null} [float64] KernelArray float64
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a KernelArray.
             * @memberof basinet.v1
             * @interface IKernelArray
             * @augments basinet.v1.KernelArray.$Properties
             * @deprecated Use basinet.v1.KernelArray.$Properties instead.
             */

            /**
             * Shape of a KernelArray.
             * @typedef {basinet.v1.KernelArray.$Properties} basinet.v1.KernelArray.$Shape
             */

            /**
             * Constructs a new KernelArray.
             * @memberof basinet.v1
             * @classdesc Represents a KernelArray.
             * @constructor
             * @param {basinet.v1.KernelArray.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const KernelArray = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * KernelArray name.
             * @member {string} name
             * @memberof basinet.v1.KernelArray
             * @instance
             */
            KernelArray.prototype.name = "";

            /**
             * KernelArray float32.
             * @member {Uint8Array} float32
             * @memberof basinet.v1.KernelArray
             * @instance
             */
            KernelArray.prototype.float32 = $util.newBuffer([]);

            /**
             * KernelArray float64.
             * @member {Uint8Array} float64
             * @memberof basinet.v1.KernelArray
             * @instance
             */
            KernelArray.prototype.float64 = $util.newBuffer([]);

            /**
             * Creates a new KernelArray instance using the specified properties.
             * @function create
             * @memberof basinet.v1.KernelArray
             * @static
             * @param {basinet.v1.KernelArray.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.KernelArray} KernelArray instance
             * @type {{
             *   (properties: basinet.v1.KernelArray.$Shape): basinet.v1.KernelArray & basinet.v1.KernelArray.$Shape;
             *   (properties?: basinet.v1.KernelArray.$Properties): basinet.v1.KernelArray;
             * }}
             */
            KernelArray.create = function(properties) {
                return new KernelArray(properties);
            };

            /**
             * Encodes the specified KernelArray message. Does not implicitly {@link basinet.v1.KernelArray.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.KernelArray
             * @static
             * @param {basinet.v1.KernelArray.$Properties} message KernelArray message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            KernelArray.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.float32 != null && $Object.hasOwnProperty.call(message, "float32") && message.float32.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.float32);
                if (message.float64 != null && $Object.hasOwnProperty.call(message, "float64") && message.float64.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.float64);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a KernelArray message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.KernelArray
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.KernelArray & basinet.v1.KernelArray.$Shape} KernelArray
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            KernelArray.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.KernelArray();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.float32 = value;
                            else
                                delete message.float32;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.float64 = value;
                            else
                                delete message.float64;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for KernelArray
             * @function getTypeUrl
             * @memberof basinet.v1.KernelArray
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            KernelArray.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.KernelArray";
            };

            return KernelArray;
        })();

        /**
         * JobState enum.
         * @name basinet.v1.JobState
         * @enum {number}
         * @property {number} JOB_STATE_UNSPECIFIED=0 JOB_STATE_UNSPECIFIED value
         * @property {number} JOB_STATE_SUBMITTED=1 JOB_STATE_SUBMITTED value
         * @property {number} JOB_STATE_RUNNING=2 JOB_STATE_RUNNING value
         * @property {number} JOB_STATE_COMPLETED=3 JOB_STATE_COMPLETED value
         * @property {number} JOB_STATE_FAILED=4 JOB_STATE_FAILED value
         * @property {number} JOB_STATE_CANCELLED=5 JOB_STATE_CANCELLED value
         */
        v1.JobState = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[0] = "JOB_STATE_UNSPECIFIED"] = 0;
            values[valuesById[1] = "JOB_STATE_SUBMITTED"] = 1;
            values[valuesById[2] = "JOB_STATE_RUNNING"] = 2;
            values[valuesById[3] = "JOB_STATE_COMPLETED"] = 3;
            values[valuesById[4] = "JOB_STATE_FAILED"] = 4;
            values[valuesById[5] = "JOB_STATE_CANCELLED"] = 5;
            return values;
        })();

        v1.JobRecord = (function() {

            /**
             * Properties of a JobRecord.
             * @typedef {Object} basinet.v1.JobRecord.$Properties
             * @property {string|null} [id] JobRecord id
             * @property {string|null} [jobJson] JobRecord jobJson
             * @property {string|null} [dataHash] JobRecord dataHash
             * @property {basinet.v1.JobState|null} [state] JobRecord state
             * @property {number|null} [submittedAtMs] JobRecord submittedAtMs
             * @property {number|null} [startedAtMs] JobRecord startedAtMs
             * @property {number|null} [endedAtMs] JobRecord endedAtMs
             * @property {basinet.v1.Failure.$Properties|null} [failure] JobRecord failure
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a JobRecord.
             * @memberof basinet.v1
             * @interface IJobRecord
             * @augments basinet.v1.JobRecord.$Properties
             * @deprecated Use basinet.v1.JobRecord.$Properties instead.
             */

            /**
             * Shape of a JobRecord.
             * @typedef {basinet.v1.JobRecord.$Properties} basinet.v1.JobRecord.$Shape
             */

            /**
             * Constructs a new JobRecord.
             * @memberof basinet.v1
             * @classdesc Represents a JobRecord.
             * @constructor
             * @param {basinet.v1.JobRecord.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const JobRecord = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * JobRecord id.
             * @member {string} id
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.id = "";

            /**
             * JobRecord jobJson.
             * @member {string} jobJson
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.jobJson = "";

            /**
             * JobRecord dataHash.
             * @member {string} dataHash
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.dataHash = "";

            /**
             * JobRecord state.
             * @member {basinet.v1.JobState} state
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.state = 0;

            /**
             * JobRecord submittedAtMs.
             * @member {number} submittedAtMs
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.submittedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * JobRecord startedAtMs.
             * @member {number} startedAtMs
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * JobRecord endedAtMs.
             * @member {number} endedAtMs
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.endedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * JobRecord failure.
             * @member {basinet.v1.Failure.$Properties|null|undefined} failure
             * @memberof basinet.v1.JobRecord
             * @instance
             */
            JobRecord.prototype.failure = null;

            /**
             * Creates a new JobRecord instance using the specified properties.
             * @function create
             * @memberof basinet.v1.JobRecord
             * @static
             * @param {basinet.v1.JobRecord.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.JobRecord} JobRecord instance
             * @type {{
             *   (properties: basinet.v1.JobRecord.$Shape): basinet.v1.JobRecord & basinet.v1.JobRecord.$Shape;
             *   (properties?: basinet.v1.JobRecord.$Properties): basinet.v1.JobRecord;
             * }}
             */
            JobRecord.create = function(properties) {
                return new JobRecord(properties);
            };

            /**
             * Encodes the specified JobRecord message. Does not implicitly {@link basinet.v1.JobRecord.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.JobRecord
             * @static
             * @param {basinet.v1.JobRecord.$Properties} message JobRecord message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            JobRecord.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.id);
                if (message.jobJson != null && $Object.hasOwnProperty.call(message, "jobJson") && message.jobJson !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.jobJson);
                if (message.dataHash != null && $Object.hasOwnProperty.call(message, "dataHash") && message.dataHash !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.dataHash);
                if (message.state != null && $Object.hasOwnProperty.call(message, "state") && message.state !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).int32(message.state);
                if (message.submittedAtMs != null && $Object.hasOwnProperty.call(message, "submittedAtMs") && (typeof message.submittedAtMs === "object" ? message.submittedAtMs.low || message.submittedAtMs.high : message.submittedAtMs !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.submittedAtMs);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.startedAtMs);
                if (message.endedAtMs != null && $Object.hasOwnProperty.call(message, "endedAtMs") && (typeof message.endedAtMs === "object" ? message.endedAtMs.low || message.endedAtMs.high : message.endedAtMs !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.endedAtMs);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.basinet.v1.Failure.encode(message.failure, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a JobRecord message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.JobRecord
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.JobRecord & basinet.v1.JobRecord.$Shape} JobRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            JobRecord.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.JobRecord();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.id = value;
                            else
                                delete message.id;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.jobJson = value;
                            else
                                delete message.jobJson;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.dataHash = value;
                            else
                                delete message.dataHash;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.state = value;
                            else
                                delete message.state;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.submittedAtMs = value;
                            else
                                delete message.submittedAtMs;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAtMs = value;
                            else
                                delete message.startedAtMs;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.endedAtMs = value;
                            else
                                delete message.endedAtMs;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.basinet.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for JobRecord
             * @function getTypeUrl
             * @memberof basinet.v1.JobRecord
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            JobRecord.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.JobRecord";
            };

            return JobRecord;
        })();

        v1.ChainTask = (function() {

            /**
             * Properties of a ChainTask.
             * @typedef {Object} basinet.v1.ChainTask.$Properties
             * @property {string|null} [job] ChainTask job
             * @property {number|null} [chain] ChainTask chain
             * @property {number|null} [partition] ChainTask partition
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainTask.
             * @memberof basinet.v1
             * @interface IChainTask
             * @augments basinet.v1.ChainTask.$Properties
             * @deprecated Use basinet.v1.ChainTask.$Properties instead.
             */

            /**
             * Shape of a ChainTask.
             * @typedef {basinet.v1.ChainTask.$Properties} basinet.v1.ChainTask.$Shape
             */

            /**
             * Constructs a new ChainTask.
             * @memberof basinet.v1
             * @classdesc Represents a ChainTask.
             * @constructor
             * @param {basinet.v1.ChainTask.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainTask = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainTask job.
             * @member {string} job
             * @memberof basinet.v1.ChainTask
             * @instance
             */
            ChainTask.prototype.job = "";

            /**
             * ChainTask chain.
             * @member {number} chain
             * @memberof basinet.v1.ChainTask
             * @instance
             */
            ChainTask.prototype.chain = 0;

            /**
             * ChainTask partition.
             * @member {number} partition
             * @memberof basinet.v1.ChainTask
             * @instance
             */
            ChainTask.prototype.partition = 0;

            /**
             * Creates a new ChainTask instance using the specified properties.
             * @function create
             * @memberof basinet.v1.ChainTask
             * @static
             * @param {basinet.v1.ChainTask.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.ChainTask} ChainTask instance
             * @type {{
             *   (properties: basinet.v1.ChainTask.$Shape): basinet.v1.ChainTask & basinet.v1.ChainTask.$Shape;
             *   (properties?: basinet.v1.ChainTask.$Properties): basinet.v1.ChainTask;
             * }}
             */
            ChainTask.create = function(properties) {
                return new ChainTask(properties);
            };

            /**
             * Encodes the specified ChainTask message. Does not implicitly {@link basinet.v1.ChainTask.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.ChainTask
             * @static
             * @param {basinet.v1.ChainTask.$Properties} message ChainTask message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainTask.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.job != null && $Object.hasOwnProperty.call(message, "job") && message.job !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.job);
                if (message.chain != null && $Object.hasOwnProperty.call(message, "chain") && message.chain !== 0)
                    writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.chain);
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.partition);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainTask message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.ChainTask
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.ChainTask & basinet.v1.ChainTask.$Shape} ChainTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainTask.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.ChainTask();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.job = value;
                            else
                                delete message.job;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chain = value;
                            else
                                delete message.chain;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ChainTask
             * @function getTypeUrl
             * @memberof basinet.v1.ChainTask
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ChainTask.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.ChainTask";
            };

            return ChainTask;
        })();

        v1.Failure = (function() {

            /**
             * Properties of a Failure.
             * @typedef {Object} basinet.v1.Failure.$Properties
             * @property {string|null} [code] Failure code
             * @property {string|null} [message] Failure message
             * @property {string|null} [path] Failure path
             * @property {string|null} [remedy] Failure remedy
             * @property {number|null} [chain] Failure chain
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Failure.
             * @memberof basinet.v1
             * @interface IFailure
             * @augments basinet.v1.Failure.$Properties
             * @deprecated Use basinet.v1.Failure.$Properties instead.
             */

            /**
             * Shape of a Failure.
             * @typedef {basinet.v1.Failure.$Properties} basinet.v1.Failure.$Shape
             */

            /**
             * Constructs a new Failure.
             * @memberof basinet.v1
             * @classdesc Represents a Failure.
             * @constructor
             * @param {basinet.v1.Failure.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Failure = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Failure code.
             * @member {string} code
             * @memberof basinet.v1.Failure
             * @instance
             */
            Failure.prototype.code = "";

            /**
             * Failure message.
             * @member {string} message
             * @memberof basinet.v1.Failure
             * @instance
             */
            Failure.prototype.message = "";

            /**
             * Failure path.
             * @member {string} path
             * @memberof basinet.v1.Failure
             * @instance
             */
            Failure.prototype.path = "";

            /**
             * Failure remedy.
             * @member {string} remedy
             * @memberof basinet.v1.Failure
             * @instance
             */
            Failure.prototype.remedy = "";

            /**
             * Failure chain.
             * @member {number} chain
             * @memberof basinet.v1.Failure
             * @instance
             */
            Failure.prototype.chain = 0;

            /**
             * Creates a new Failure instance using the specified properties.
             * @function create
             * @memberof basinet.v1.Failure
             * @static
             * @param {basinet.v1.Failure.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.Failure} Failure instance
             * @type {{
             *   (properties: basinet.v1.Failure.$Shape): basinet.v1.Failure & basinet.v1.Failure.$Shape;
             *   (properties?: basinet.v1.Failure.$Properties): basinet.v1.Failure;
             * }}
             */
            Failure.create = function(properties) {
                return new Failure(properties);
            };

            /**
             * Encodes the specified Failure message. Does not implicitly {@link basinet.v1.Failure.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.Failure
             * @static
             * @param {basinet.v1.Failure.$Properties} message Failure message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Failure.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
                if (message.message != null && $Object.hasOwnProperty.call(message, "message") && message.message !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.message);
                if (message.path != null && $Object.hasOwnProperty.call(message, "path") && message.path !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.path);
                if (message.remedy != null && $Object.hasOwnProperty.call(message, "remedy") && message.remedy !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.remedy);
                if (message.chain != null && $Object.hasOwnProperty.call(message, "chain") && message.chain !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).int32(message.chain);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Failure message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.Failure
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.Failure & basinet.v1.Failure.$Shape} Failure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Failure.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.Failure();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.code = value;
                            else
                                delete message.code;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.message = value;
                            else
                                delete message.message;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.path = value;
                            else
                                delete message.path;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.remedy = value;
                            else
                                delete message.remedy;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.int32())
                                message.chain = value;
                            else
                                delete message.chain;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Failure
             * @function getTypeUrl
             * @memberof basinet.v1.Failure
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Failure.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.Failure";
            };

            return Failure;
        })();

        v1.ChainFailures = (function() {

            /**
             * Properties of a ChainFailures.
             * @typedef {Object} basinet.v1.ChainFailures.$Properties
             * @property {number|null} [attempts] ChainFailures attempts
             * @property {basinet.v1.Failure.$Properties|null} [failure] ChainFailures failure
             * @property {string|null} [worker] ChainFailures worker
             * @property {number|null} [failedAtMs] ChainFailures failedAtMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainFailures.
             * @memberof basinet.v1
             * @interface IChainFailures
             * @augments basinet.v1.ChainFailures.$Properties
             * @deprecated Use basinet.v1.ChainFailures.$Properties instead.
             */

            /**
             * Shape of a ChainFailures.
             * @typedef {basinet.v1.ChainFailures.$Properties} basinet.v1.ChainFailures.$Shape
             */

            /**
             * Constructs a new ChainFailures.
             * @memberof basinet.v1
             * @classdesc Represents a ChainFailures.
             * @constructor
             * @param {basinet.v1.ChainFailures.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainFailures = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainFailures attempts.
             * @member {number} attempts
             * @memberof basinet.v1.ChainFailures
             * @instance
             */
            ChainFailures.prototype.attempts = 0;

            /**
             * ChainFailures failure.
             * @member {basinet.v1.Failure.$Properties|null|undefined} failure
             * @memberof basinet.v1.ChainFailures
             * @instance
             */
            ChainFailures.prototype.failure = null;

            /**
             * ChainFailures worker.
             * @member {string} worker
             * @memberof basinet.v1.ChainFailures
             * @instance
             */
            ChainFailures.prototype.worker = "";

            /**
             * ChainFailures failedAtMs.
             * @member {number} failedAtMs
             * @memberof basinet.v1.ChainFailures
             * @instance
             */
            ChainFailures.prototype.failedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new ChainFailures instance using the specified properties.
             * @function create
             * @memberof basinet.v1.ChainFailures
             * @static
             * @param {basinet.v1.ChainFailures.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.ChainFailures} ChainFailures instance
             * @type {{
             *   (properties: basinet.v1.ChainFailures.$Shape): basinet.v1.ChainFailures & basinet.v1.ChainFailures.$Shape;
             *   (properties?: basinet.v1.ChainFailures.$Properties): basinet.v1.ChainFailures;
             * }}
             */
            ChainFailures.create = function(properties) {
                return new ChainFailures(properties);
            };

            /**
             * Encodes the specified ChainFailures message. Does not implicitly {@link basinet.v1.ChainFailures.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.ChainFailures
             * @static
             * @param {basinet.v1.ChainFailures.$Properties} message ChainFailures message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainFailures.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.attempts != null && $Object.hasOwnProperty.call(message, "attempts") && message.attempts !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.attempts);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.basinet.v1.Failure.encode(message.failure, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
                if (message.worker != null && $Object.hasOwnProperty.call(message, "worker") && message.worker !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.worker);
                if (message.failedAtMs != null && $Object.hasOwnProperty.call(message, "failedAtMs") && (typeof message.failedAtMs === "object" ? message.failedAtMs.low || message.failedAtMs.high : message.failedAtMs !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.failedAtMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainFailures message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.ChainFailures
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.ChainFailures & basinet.v1.ChainFailures.$Shape} ChainFailures
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainFailures.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.ChainFailures();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.attempts = value;
                            else
                                delete message.attempts;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.basinet.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.worker = value;
                            else
                                delete message.worker;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.failedAtMs = value;
                            else
                                delete message.failedAtMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ChainFailures
             * @function getTypeUrl
             * @memberof basinet.v1.ChainFailures
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ChainFailures.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.ChainFailures";
            };

            return ChainFailures;
        })();

        v1.WorkerAnnouncement = (function() {

            /**
             * Properties of a WorkerAnnouncement.
             * @typedef {Object} basinet.v1.WorkerAnnouncement.$Properties
             * @property {string|null} [name] WorkerAnnouncement name
             * @property {string|null} [host] WorkerAnnouncement host
             * @property {string|null} [resourceClass] WorkerAnnouncement resourceClass
             * @property {number|null} [slots] WorkerAnnouncement slots
             * @property {number|null} [chains] WorkerAnnouncement chains
             * @property {Array.<string>|null} [engines] WorkerAnnouncement engines
             * @property {Array.<string>|null} [deviceClasses] WorkerAnnouncement deviceClasses
             * @property {number|null} [cores] WorkerAnnouncement cores
             * @property {number|null} [memoryBytes] WorkerAnnouncement memoryBytes
             * @property {Array.<basinet.v1.GpuAnnouncement.$Properties>|null} [gpus] WorkerAnnouncement gpus
             * @property {string|null} [version] WorkerAnnouncement version
             * @property {number|null} [startedAtMs] WorkerAnnouncement startedAtMs
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a WorkerAnnouncement.
             * @memberof basinet.v1
             * @interface IWorkerAnnouncement
             * @augments basinet.v1.WorkerAnnouncement.$Properties
             * @deprecated Use basinet.v1.WorkerAnnouncement.$Properties instead.
             */

            /**
             * Shape of a WorkerAnnouncement.
             * @typedef {basinet.v1.WorkerAnnouncement.$Properties} basinet.v1.WorkerAnnouncement.$Shape
             */

            /**
             * Constructs a new WorkerAnnouncement.
             * @memberof basinet.v1
             * @classdesc Represents a WorkerAnnouncement.
             * @constructor
             * @param {basinet.v1.WorkerAnnouncement.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const WorkerAnnouncement = function (properties) {
                this.engines = [];
                this.deviceClasses = [];
                this.gpus = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * WorkerAnnouncement name.
             * @member {string} name
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.name = "";

            /**
             * WorkerAnnouncement host.
             * @member {string} host
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.host = "";

            /**
             * WorkerAnnouncement resourceClass.
             * @member {string} resourceClass
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.resourceClass = "";

            /**
             * WorkerAnnouncement slots.
             * @member {number} slots
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.slots = 0;

            /**
             * WorkerAnnouncement chains.
             * @member {number} chains
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.chains = 0;

            /**
             * WorkerAnnouncement engines.
             * @member {Array.<string>} engines
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.engines = $util.emptyArray;

            /**
             * WorkerAnnouncement deviceClasses.
             * @member {Array.<string>} deviceClasses
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.deviceClasses = $util.emptyArray;

            /**
             * WorkerAnnouncement cores.
             * @member {number} cores
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.cores = 0;

            /**
             * WorkerAnnouncement memoryBytes.
             * @member {number} memoryBytes
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.memoryBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * WorkerAnnouncement gpus.
             * @member {Array.<basinet.v1.GpuAnnouncement.$Properties>} gpus
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.gpus = $util.emptyArray;

            /**
             * WorkerAnnouncement version.
             * @member {string} version
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.version = "";

            /**
             * WorkerAnnouncement startedAtMs.
             * @member {number} startedAtMs
             * @memberof basinet.v1.WorkerAnnouncement
             * @instance
             */
            WorkerAnnouncement.prototype.startedAtMs = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new WorkerAnnouncement instance using the specified properties.
             * @function create
             * @memberof basinet.v1.WorkerAnnouncement
             * @static
             * @param {basinet.v1.WorkerAnnouncement.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.WorkerAnnouncement} WorkerAnnouncement instance
             * @type {{
             *   (properties: basinet.v1.WorkerAnnouncement.$Shape): basinet.v1.WorkerAnnouncement & basinet.v1.WorkerAnnouncement.$Shape;
             *   (properties?: basinet.v1.WorkerAnnouncement.$Properties): basinet.v1.WorkerAnnouncement;
             * }}
             */
            WorkerAnnouncement.create = function(properties) {
                return new WorkerAnnouncement(properties);
            };

            /**
             * Encodes the specified WorkerAnnouncement message. Does not implicitly {@link basinet.v1.WorkerAnnouncement.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.WorkerAnnouncement
             * @static
             * @param {basinet.v1.WorkerAnnouncement.$Properties} message WorkerAnnouncement message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            WorkerAnnouncement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
                if (message.resourceClass != null && $Object.hasOwnProperty.call(message, "resourceClass") && message.resourceClass !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.resourceClass);
                if (message.slots != null && $Object.hasOwnProperty.call(message, "slots") && message.slots !== 0)
                    writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.slots);
                if (message.chains != null && $Object.hasOwnProperty.call(message, "chains") && message.chains !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.chains);
                if (message.engines != null && message.engines.length)
                    for (let i = 0; i < message.engines.length; ++i)
                        writer.uint32(/* id 6, wireType 2 =*/50).string(message.engines[i]);
                if (message.deviceClasses != null && message.deviceClasses.length)
                    for (let i = 0; i < message.deviceClasses.length; ++i)
                        writer.uint32(/* id 7, wireType 2 =*/58).string(message.deviceClasses[i]);
                if (message.cores != null && $Object.hasOwnProperty.call(message, "cores") && message.cores !== 0)
                    writer.uint32(/* id 8, wireType 0 =*/64).uint32(message.cores);
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes") && (typeof message.memoryBytes === "object" ? message.memoryBytes.low || message.memoryBytes.high : message.memoryBytes !== 0))
                    writer.uint32(/* id 9, wireType 0 =*/72).uint64(message.memoryBytes);
                if (message.gpus != null && message.gpus.length)
                    for (let i = 0; i < message.gpus.length; ++i)
                        $root.basinet.v1.GpuAnnouncement.encode(message.gpus[i], writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
                if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== "")
                    writer.uint32(/* id 11, wireType 2 =*/90).string(message.version);
                if (message.startedAtMs != null && $Object.hasOwnProperty.call(message, "startedAtMs") && (typeof message.startedAtMs === "object" ? message.startedAtMs.low || message.startedAtMs.high : message.startedAtMs !== 0))
                    writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.startedAtMs);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a WorkerAnnouncement message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.WorkerAnnouncement
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.WorkerAnnouncement & basinet.v1.WorkerAnnouncement.$Shape} WorkerAnnouncement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            WorkerAnnouncement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.WorkerAnnouncement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.host = value;
                            else
                                delete message.host;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.resourceClass = value;
                            else
                                delete message.resourceClass;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.slots = value;
                            else
                                delete message.slots;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chains = value;
                            else
                                delete message.chains;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if (!(message.engines && message.engines.length))
                                message.engines = [];
                            message.engines.push(reader.stringVerify());
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if (!(message.deviceClasses && message.deviceClasses.length))
                                message.deviceClasses = [];
                            message.deviceClasses.push(reader.stringVerify());
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.cores = value;
                            else
                                delete message.cores;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.memoryBytes = value;
                            else
                                delete message.memoryBytes;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 2)
                                break;
                            if (!(message.gpus && message.gpus.length))
                                message.gpus = [];
                            message.gpus.push($root.basinet.v1.GpuAnnouncement.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 11: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.version = value;
                            else
                                delete message.version;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.startedAtMs = value;
                            else
                                delete message.startedAtMs;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for WorkerAnnouncement
             * @function getTypeUrl
             * @memberof basinet.v1.WorkerAnnouncement
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            WorkerAnnouncement.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.WorkerAnnouncement";
            };

            return WorkerAnnouncement;
        })();

        v1.GpuAnnouncement = (function() {

            /**
             * Properties of a GpuAnnouncement.
             * @typedef {Object} basinet.v1.GpuAnnouncement.$Properties
             * @property {string|null} [name] GpuAnnouncement name
             * @property {number|null} [memoryBytes] GpuAnnouncement memoryBytes
             * @property {string|null} [driver] GpuAnnouncement driver
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a GpuAnnouncement.
             * @memberof basinet.v1
             * @interface IGpuAnnouncement
             * @augments basinet.v1.GpuAnnouncement.$Properties
             * @deprecated Use basinet.v1.GpuAnnouncement.$Properties instead.
             */

            /**
             * Shape of a GpuAnnouncement.
             * @typedef {basinet.v1.GpuAnnouncement.$Properties} basinet.v1.GpuAnnouncement.$Shape
             */

            /**
             * Constructs a new GpuAnnouncement.
             * @memberof basinet.v1
             * @classdesc Represents a GpuAnnouncement.
             * @constructor
             * @param {basinet.v1.GpuAnnouncement.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const GpuAnnouncement = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * GpuAnnouncement name.
             * @member {string} name
             * @memberof basinet.v1.GpuAnnouncement
             * @instance
             */
            GpuAnnouncement.prototype.name = "";

            /**
             * GpuAnnouncement memoryBytes.
             * @member {number} memoryBytes
             * @memberof basinet.v1.GpuAnnouncement
             * @instance
             */
            GpuAnnouncement.prototype.memoryBytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * GpuAnnouncement driver.
             * @member {string} driver
             * @memberof basinet.v1.GpuAnnouncement
             * @instance
             */
            GpuAnnouncement.prototype.driver = "";

            /**
             * Creates a new GpuAnnouncement instance using the specified properties.
             * @function create
             * @memberof basinet.v1.GpuAnnouncement
             * @static
             * @param {basinet.v1.GpuAnnouncement.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.GpuAnnouncement} GpuAnnouncement instance
             * @type {{
             *   (properties: basinet.v1.GpuAnnouncement.$Shape): basinet.v1.GpuAnnouncement & basinet.v1.GpuAnnouncement.$Shape;
             *   (properties?: basinet.v1.GpuAnnouncement.$Properties): basinet.v1.GpuAnnouncement;
             * }}
             */
            GpuAnnouncement.create = function(properties) {
                return new GpuAnnouncement(properties);
            };

            /**
             * Encodes the specified GpuAnnouncement message. Does not implicitly {@link basinet.v1.GpuAnnouncement.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.GpuAnnouncement
             * @static
             * @param {basinet.v1.GpuAnnouncement.$Properties} message GpuAnnouncement message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            GpuAnnouncement.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.name != null && $Object.hasOwnProperty.call(message, "name") && message.name !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.name);
                if (message.memoryBytes != null && $Object.hasOwnProperty.call(message, "memoryBytes") && (typeof message.memoryBytes === "object" ? message.memoryBytes.low || message.memoryBytes.high : message.memoryBytes !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.memoryBytes);
                if (message.driver != null && $Object.hasOwnProperty.call(message, "driver") && message.driver !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.driver);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a GpuAnnouncement message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.GpuAnnouncement
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.GpuAnnouncement & basinet.v1.GpuAnnouncement.$Shape} GpuAnnouncement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            GpuAnnouncement.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.GpuAnnouncement();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.name = value;
                            else
                                delete message.name;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.memoryBytes = value;
                            else
                                delete message.memoryBytes;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.driver = value;
                            else
                                delete message.driver;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for GpuAnnouncement
             * @function getTypeUrl
             * @memberof basinet.v1.GpuAnnouncement
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            GpuAnnouncement.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.GpuAnnouncement";
            };

            return GpuAnnouncement;
        })();

        v1.ObjectPointer = (function() {

            /**
             * Properties of an ObjectPointer.
             * @typedef {Object} basinet.v1.ObjectPointer.$Properties
             * @property {string|null} [object] ObjectPointer object
             * @property {number|null} [size] ObjectPointer size
             * @property {Uint8Array|null} [sha256] ObjectPointer sha256
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of an ObjectPointer.
             * @memberof basinet.v1
             * @interface IObjectPointer
             * @augments basinet.v1.ObjectPointer.$Properties
             * @deprecated Use basinet.v1.ObjectPointer.$Properties instead.
             */

            /**
             * Shape of an ObjectPointer.
             * @typedef {basinet.v1.ObjectPointer.$Properties} basinet.v1.ObjectPointer.$Shape
             */

            /**
             * Constructs a new ObjectPointer.
             * @memberof basinet.v1
             * @classdesc Represents an ObjectPointer.
             * @constructor
             * @param {basinet.v1.ObjectPointer.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ObjectPointer = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ObjectPointer object.
             * @member {string} object
             * @memberof basinet.v1.ObjectPointer
             * @instance
             */
            ObjectPointer.prototype.object = "";

            /**
             * ObjectPointer size.
             * @member {number} size
             * @memberof basinet.v1.ObjectPointer
             * @instance
             */
            ObjectPointer.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ObjectPointer sha256.
             * @member {Uint8Array} sha256
             * @memberof basinet.v1.ObjectPointer
             * @instance
             */
            ObjectPointer.prototype.sha256 = $util.newBuffer([]);

            /**
             * Creates a new ObjectPointer instance using the specified properties.
             * @function create
             * @memberof basinet.v1.ObjectPointer
             * @static
             * @param {basinet.v1.ObjectPointer.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.ObjectPointer} ObjectPointer instance
             * @type {{
             *   (properties: basinet.v1.ObjectPointer.$Shape): basinet.v1.ObjectPointer & basinet.v1.ObjectPointer.$Shape;
             *   (properties?: basinet.v1.ObjectPointer.$Properties): basinet.v1.ObjectPointer;
             * }}
             */
            ObjectPointer.create = function(properties) {
                return new ObjectPointer(properties);
            };

            /**
             * Encodes the specified ObjectPointer message. Does not implicitly {@link basinet.v1.ObjectPointer.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.ObjectPointer
             * @static
             * @param {basinet.v1.ObjectPointer.$Properties} message ObjectPointer message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ObjectPointer.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.object != null && $Object.hasOwnProperty.call(message, "object") && message.object !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.object);
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.size);
                if (message.sha256 != null && $Object.hasOwnProperty.call(message, "sha256") && message.sha256.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.sha256);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes an ObjectPointer message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.ObjectPointer
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.ObjectPointer & basinet.v1.ObjectPointer.$Shape} ObjectPointer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ObjectPointer.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.ObjectPointer();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.object = value;
                            else
                                delete message.object;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sha256 = value;
                            else
                                delete message.sha256;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ObjectPointer
             * @function getTypeUrl
             * @memberof basinet.v1.ObjectPointer
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ObjectPointer.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.ObjectPointer";
            };

            return ObjectPointer;
        })();

        v1.ChainStatus = (function() {

            /**
             * Properties of a ChainStatus.
             * @typedef {Object} basinet.v1.ChainStatus.$Properties
             * @property {number|null} [chain] ChainStatus chain
             * @property {string|null} [worker] ChainStatus worker
             * @property {number|null} [epoch] ChainStatus epoch
             * @property {string|null} [activity] ChainStatus activity
             * @property {number|null} [iteration] ChainStatus iteration
             * @property {number|null} [drawsDone] ChainStatus drawsDone
             * @property {number|null} [drawsWanted] ChainStatus drawsWanted
             * @property {number|null} [acceptanceRate] ChainStatus acceptanceRate
             * @property {number|null} [stepSize] ChainStatus stepSize
             * @property {number|null} [divergences] ChainStatus divergences
             * @property {number|null} [gradientsPerSecond] ChainStatus gradientsPerSecond
             * @property {number|null} [etaSeconds] ChainStatus etaSeconds
             * @property {number|null} [totalGradients] ChainStatus totalGradients
             * @property {number|null} [warmupIterations] ChainStatus warmupIterations
             * @property {number|null} [wantedIterations] ChainStatus wantedIterations
             * @property {basinet.v1.Failure.$Properties|null} [failure] ChainStatus failure
             * @property {string|null} [deviceClass] ChainStatus deviceClass
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainStatus.
             * @memberof basinet.v1
             * @interface IChainStatus
             * @augments basinet.v1.ChainStatus.$Properties
             * @deprecated Use basinet.v1.ChainStatus.$Properties instead.
             */

            /**
             * Shape of a ChainStatus.
             * @typedef {basinet.v1.ChainStatus.$Properties} basinet.v1.ChainStatus.$Shape
             */

            /**
             * Constructs a new ChainStatus.
             * @memberof basinet.v1
             * @classdesc Represents a ChainStatus.
             * @constructor
             * @param {basinet.v1.ChainStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainStatus = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainStatus chain.
             * @member {number} chain
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.chain = 0;

            /**
             * ChainStatus worker.
             * @member {string} worker
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.worker = "";

            /**
             * ChainStatus epoch.
             * @member {number} epoch
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus activity.
             * @member {string} activity
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.activity = "";

            /**
             * ChainStatus iteration.
             * @member {number} iteration
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.iteration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus drawsDone.
             * @member {number} drawsDone
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.drawsDone = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus drawsWanted.
             * @member {number} drawsWanted
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.drawsWanted = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus acceptanceRate.
             * @member {number} acceptanceRate
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.acceptanceRate = 0;

            /**
             * ChainStatus stepSize.
             * @member {number} stepSize
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.stepSize = 0;

            /**
             * ChainStatus divergences.
             * @member {number} divergences
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.divergences = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus gradientsPerSecond.
             * @member {number} gradientsPerSecond
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.gradientsPerSecond = 0;

            /**
             * ChainStatus etaSeconds.
             * @member {number} etaSeconds
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.etaSeconds = 0;

            /**
             * ChainStatus totalGradients.
             * @member {number} totalGradients
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.totalGradients = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus warmupIterations.
             * @member {number} warmupIterations
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.warmupIterations = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus wantedIterations.
             * @member {number} wantedIterations
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.wantedIterations = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainStatus failure.
             * @member {basinet.v1.Failure.$Properties|null|undefined} failure
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.failure = null;

            /**
             * ChainStatus deviceClass.
             * @member {string} deviceClass
             * @memberof basinet.v1.ChainStatus
             * @instance
             */
            ChainStatus.prototype.deviceClass = "";

            /**
             * Creates a new ChainStatus instance using the specified properties.
             * @function create
             * @memberof basinet.v1.ChainStatus
             * @static
             * @param {basinet.v1.ChainStatus.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.ChainStatus} ChainStatus instance
             * @type {{
             *   (properties: basinet.v1.ChainStatus.$Shape): basinet.v1.ChainStatus & basinet.v1.ChainStatus.$Shape;
             *   (properties?: basinet.v1.ChainStatus.$Properties): basinet.v1.ChainStatus;
             * }}
             */
            ChainStatus.create = function(properties) {
                return new ChainStatus(properties);
            };

            /**
             * Encodes the specified ChainStatus message. Does not implicitly {@link basinet.v1.ChainStatus.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.ChainStatus
             * @static
             * @param {basinet.v1.ChainStatus.$Properties} message ChainStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chain != null && $Object.hasOwnProperty.call(message, "chain") && message.chain !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.chain);
                if (message.worker != null && $Object.hasOwnProperty.call(message, "worker") && message.worker !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.worker);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.epoch);
                if (message.activity != null && $Object.hasOwnProperty.call(message, "activity") && message.activity !== "")
                    writer.uint32(/* id 4, wireType 2 =*/34).string(message.activity);
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && (typeof message.iteration === "object" ? message.iteration.low || message.iteration.high : message.iteration !== 0))
                    writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.iteration);
                if (message.drawsDone != null && $Object.hasOwnProperty.call(message, "drawsDone") && (typeof message.drawsDone === "object" ? message.drawsDone.low || message.drawsDone.high : message.drawsDone !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.drawsDone);
                if (message.drawsWanted != null && $Object.hasOwnProperty.call(message, "drawsWanted") && (typeof message.drawsWanted === "object" ? message.drawsWanted.low || message.drawsWanted.high : message.drawsWanted !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.drawsWanted);
                if (message.acceptanceRate != null && $Object.hasOwnProperty.call(message, "acceptanceRate") && !$Object.is(message.acceptanceRate, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.acceptanceRate);
                if (message.stepSize != null && $Object.hasOwnProperty.call(message, "stepSize") && !$Object.is(message.stepSize, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.stepSize);
                if (message.divergences != null && $Object.hasOwnProperty.call(message, "divergences") && (typeof message.divergences === "object" ? message.divergences.low || message.divergences.high : message.divergences !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.divergences);
                if (message.gradientsPerSecond != null && $Object.hasOwnProperty.call(message, "gradientsPerSecond") && !$Object.is(message.gradientsPerSecond, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.gradientsPerSecond);
                if (message.etaSeconds != null && $Object.hasOwnProperty.call(message, "etaSeconds") && !$Object.is(message.etaSeconds, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.etaSeconds);
                if (message.totalGradients != null && $Object.hasOwnProperty.call(message, "totalGradients") && (typeof message.totalGradients === "object" ? message.totalGradients.low || message.totalGradients.high : message.totalGradients !== 0))
                    writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.totalGradients);
                if (message.warmupIterations != null && $Object.hasOwnProperty.call(message, "warmupIterations") && (typeof message.warmupIterations === "object" ? message.warmupIterations.low || message.warmupIterations.high : message.warmupIterations !== 0))
                    writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.warmupIterations);
                if (message.wantedIterations != null && $Object.hasOwnProperty.call(message, "wantedIterations") && (typeof message.wantedIterations === "object" ? message.wantedIterations.low || message.wantedIterations.high : message.wantedIterations !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.wantedIterations);
                if (message.failure != null && $Object.hasOwnProperty.call(message, "failure"))
                    $root.basinet.v1.Failure.encode(message.failure, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.deviceClass != null && $Object.hasOwnProperty.call(message, "deviceClass") && message.deviceClass !== "")
                    writer.uint32(/* id 17, wireType 2 =*/138).string(message.deviceClass);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainStatus message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.ChainStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.ChainStatus & basinet.v1.ChainStatus.$Shape} ChainStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.ChainStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chain = value;
                            else
                                delete message.chain;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.worker = value;
                            else
                                delete message.worker;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.activity = value;
                            else
                                delete message.activity;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.drawsDone = value;
                            else
                                delete message.drawsDone;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.drawsWanted = value;
                            else
                                delete message.drawsWanted;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.acceptanceRate = value;
                            else
                                delete message.acceptanceRate;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.stepSize = value;
                            else
                                delete message.stepSize;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.divergences = value;
                            else
                                delete message.divergences;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.gradientsPerSecond = value;
                            else
                                delete message.gradientsPerSecond;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.etaSeconds = value;
                            else
                                delete message.etaSeconds;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.totalGradients = value;
                            else
                                delete message.totalGradients;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.warmupIterations = value;
                            else
                                delete message.warmupIterations;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.wantedIterations = value;
                            else
                                delete message.wantedIterations;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.failure = $root.basinet.v1.Failure.decode(reader, reader.size(), $undefined, _depth + 1, message.failure);
                            continue;
                        }
                    case 17: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.deviceClass = value;
                            else
                                delete message.deviceClass;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ChainStatus
             * @function getTypeUrl
             * @memberof basinet.v1.ChainStatus
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ChainStatus.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.ChainStatus";
            };

            return ChainStatus;
        })();

        v1.PartitionStatus = (function() {

            /**
             * Properties of a PartitionStatus.
             * @typedef {Object} basinet.v1.PartitionStatus.$Properties
             * @property {number|null} [partition] PartitionStatus partition
             * @property {number|null} [drawsFolded] PartitionStatus drawsFolded
             * @property {number|null} [slotsQuarantined] PartitionStatus slotsQuarantined
             * @property {number|null} [streamSequence] PartitionStatus streamSequence
             * @property {number|null} [drawsPerSecond] PartitionStatus drawsPerSecond
             * @property {number|null} [rhatRawMax] PartitionStatus rhatRawMax
             * @property {number|null} [rhatRawMedian] PartitionStatus rhatRawMedian
             * @property {number|null} [rhatAlignedMax] PartitionStatus rhatAlignedMax
             * @property {number|null} [rhatAlignedMedian] PartitionStatus rhatAlignedMedian
             * @property {number|null} [probeAccuracy] PartitionStatus probeAccuracy
             * @property {number|null} [probeNll] PartitionStatus probeNll
             * @property {number|null} [probeCalibrationError] PartitionStatus probeCalibrationError
             * @property {number|null} [probeRhatMax] PartitionStatus probeRhatMax
             * @property {number|null} [probeRmse] PartitionStatus probeRmse
             * @property {boolean|null} [finished] PartitionStatus finished
             * @property {Array.<basinet.v1.ChainProgress.$Properties>|null} [chains] PartitionStatus chains
             * @property {number|null} [referenceVersion] PartitionStatus referenceVersion
             * @property {number|null} [nestedRhatRawMax] PartitionStatus nestedRhatRawMax
             * @property {number|null} [nestedRhatAlignedMax] PartitionStatus nestedRhatAlignedMax
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PartitionStatus.
             * @memberof basinet.v1
             * @interface IPartitionStatus
             * @augments basinet.v1.PartitionStatus.$Properties
             * @deprecated Use basinet.v1.PartitionStatus.$Properties instead.
             */

            /**
             * Shape of a PartitionStatus.
             * @typedef {basinet.v1.PartitionStatus.$Properties} basinet.v1.PartitionStatus.$Shape
             */

            /**
             * Constructs a new PartitionStatus.
             * @memberof basinet.v1
             * @classdesc Represents a PartitionStatus.
             * @constructor
             * @param {basinet.v1.PartitionStatus.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PartitionStatus = function (properties) {
                this.chains = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PartitionStatus partition.
             * @member {number} partition
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.partition = 0;

            /**
             * PartitionStatus drawsFolded.
             * @member {number} drawsFolded
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.drawsFolded = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PartitionStatus slotsQuarantined.
             * @member {number} slotsQuarantined
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.slotsQuarantined = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PartitionStatus streamSequence.
             * @member {number} streamSequence
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.streamSequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PartitionStatus drawsPerSecond.
             * @member {number} drawsPerSecond
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.drawsPerSecond = 0;

            /**
             * PartitionStatus rhatRawMax.
             * @member {number} rhatRawMax
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.rhatRawMax = 0;

            /**
             * PartitionStatus rhatRawMedian.
             * @member {number} rhatRawMedian
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.rhatRawMedian = 0;

            /**
             * PartitionStatus rhatAlignedMax.
             * @member {number} rhatAlignedMax
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.rhatAlignedMax = 0;

            /**
             * PartitionStatus rhatAlignedMedian.
             * @member {number} rhatAlignedMedian
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.rhatAlignedMedian = 0;

            /**
             * PartitionStatus probeAccuracy.
             * @member {number} probeAccuracy
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.probeAccuracy = 0;

            /**
             * PartitionStatus probeNll.
             * @member {number} probeNll
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.probeNll = 0;

            /**
             * PartitionStatus probeCalibrationError.
             * @member {number} probeCalibrationError
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.probeCalibrationError = 0;

            /**
             * PartitionStatus probeRhatMax.
             * @member {number} probeRhatMax
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.probeRhatMax = 0;

            /**
             * PartitionStatus probeRmse.
             * @member {number} probeRmse
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.probeRmse = 0;

            /**
             * PartitionStatus finished.
             * @member {boolean} finished
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.finished = false;

            /**
             * PartitionStatus chains.
             * @member {Array.<basinet.v1.ChainProgress.$Properties>} chains
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.chains = $util.emptyArray;

            /**
             * PartitionStatus referenceVersion.
             * @member {number} referenceVersion
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.referenceVersion = 0;

            /**
             * PartitionStatus nestedRhatRawMax.
             * @member {number} nestedRhatRawMax
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.nestedRhatRawMax = 0;

            /**
             * PartitionStatus nestedRhatAlignedMax.
             * @member {number} nestedRhatAlignedMax
             * @memberof basinet.v1.PartitionStatus
             * @instance
             */
            PartitionStatus.prototype.nestedRhatAlignedMax = 0;

            /**
             * Creates a new PartitionStatus instance using the specified properties.
             * @function create
             * @memberof basinet.v1.PartitionStatus
             * @static
             * @param {basinet.v1.PartitionStatus.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.PartitionStatus} PartitionStatus instance
             * @type {{
             *   (properties: basinet.v1.PartitionStatus.$Shape): basinet.v1.PartitionStatus & basinet.v1.PartitionStatus.$Shape;
             *   (properties?: basinet.v1.PartitionStatus.$Properties): basinet.v1.PartitionStatus;
             * }}
             */
            PartitionStatus.create = function(properties) {
                return new PartitionStatus(properties);
            };

            /**
             * Encodes the specified PartitionStatus message. Does not implicitly {@link basinet.v1.PartitionStatus.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.PartitionStatus
             * @static
             * @param {basinet.v1.PartitionStatus.$Properties} message PartitionStatus message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionStatus.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.partition);
                if (message.drawsFolded != null && $Object.hasOwnProperty.call(message, "drawsFolded") && (typeof message.drawsFolded === "object" ? message.drawsFolded.low || message.drawsFolded.high : message.drawsFolded !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.drawsFolded);
                if (message.slotsQuarantined != null && $Object.hasOwnProperty.call(message, "slotsQuarantined") && (typeof message.slotsQuarantined === "object" ? message.slotsQuarantined.low || message.slotsQuarantined.high : message.slotsQuarantined !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.slotsQuarantined);
                if (message.streamSequence != null && $Object.hasOwnProperty.call(message, "streamSequence") && (typeof message.streamSequence === "object" ? message.streamSequence.low || message.streamSequence.high : message.streamSequence !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.streamSequence);
                if (message.drawsPerSecond != null && $Object.hasOwnProperty.call(message, "drawsPerSecond") && !$Object.is(message.drawsPerSecond, 0))
                    writer.uint32(/* id 5, wireType 1 =*/41).double(message.drawsPerSecond);
                if (message.rhatRawMax != null && $Object.hasOwnProperty.call(message, "rhatRawMax") && !$Object.is(message.rhatRawMax, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.rhatRawMax);
                if (message.rhatRawMedian != null && $Object.hasOwnProperty.call(message, "rhatRawMedian") && !$Object.is(message.rhatRawMedian, 0))
                    writer.uint32(/* id 7, wireType 1 =*/57).double(message.rhatRawMedian);
                if (message.rhatAlignedMax != null && $Object.hasOwnProperty.call(message, "rhatAlignedMax") && !$Object.is(message.rhatAlignedMax, 0))
                    writer.uint32(/* id 8, wireType 1 =*/65).double(message.rhatAlignedMax);
                if (message.rhatAlignedMedian != null && $Object.hasOwnProperty.call(message, "rhatAlignedMedian") && !$Object.is(message.rhatAlignedMedian, 0))
                    writer.uint32(/* id 9, wireType 1 =*/73).double(message.rhatAlignedMedian);
                if (message.probeAccuracy != null && $Object.hasOwnProperty.call(message, "probeAccuracy") && !$Object.is(message.probeAccuracy, 0))
                    writer.uint32(/* id 10, wireType 1 =*/81).double(message.probeAccuracy);
                if (message.probeNll != null && $Object.hasOwnProperty.call(message, "probeNll") && !$Object.is(message.probeNll, 0))
                    writer.uint32(/* id 11, wireType 1 =*/89).double(message.probeNll);
                if (message.probeCalibrationError != null && $Object.hasOwnProperty.call(message, "probeCalibrationError") && !$Object.is(message.probeCalibrationError, 0))
                    writer.uint32(/* id 12, wireType 1 =*/97).double(message.probeCalibrationError);
                if (message.probeRhatMax != null && $Object.hasOwnProperty.call(message, "probeRhatMax") && !$Object.is(message.probeRhatMax, 0))
                    writer.uint32(/* id 13, wireType 1 =*/105).double(message.probeRhatMax);
                if (message.probeRmse != null && $Object.hasOwnProperty.call(message, "probeRmse") && !$Object.is(message.probeRmse, 0))
                    writer.uint32(/* id 14, wireType 1 =*/113).double(message.probeRmse);
                if (message.finished != null && $Object.hasOwnProperty.call(message, "finished") && message.finished !== false)
                    writer.uint32(/* id 15, wireType 0 =*/120).bool(message.finished);
                if (message.chains != null && message.chains.length)
                    for (let i = 0; i < message.chains.length; ++i)
                        $root.basinet.v1.ChainProgress.encode(message.chains[i], writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.referenceVersion != null && $Object.hasOwnProperty.call(message, "referenceVersion") && message.referenceVersion !== 0)
                    writer.uint32(/* id 17, wireType 0 =*/136).uint32(message.referenceVersion);
                if (message.nestedRhatRawMax != null && $Object.hasOwnProperty.call(message, "nestedRhatRawMax") && !$Object.is(message.nestedRhatRawMax, 0))
                    writer.uint32(/* id 18, wireType 1 =*/145).double(message.nestedRhatRawMax);
                if (message.nestedRhatAlignedMax != null && $Object.hasOwnProperty.call(message, "nestedRhatAlignedMax") && !$Object.is(message.nestedRhatAlignedMax, 0))
                    writer.uint32(/* id 19, wireType 1 =*/153).double(message.nestedRhatAlignedMax);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PartitionStatus message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.PartitionStatus
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.PartitionStatus & basinet.v1.PartitionStatus.$Shape} PartitionStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionStatus.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.PartitionStatus();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.drawsFolded = value;
                            else
                                delete message.drawsFolded;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.slotsQuarantined = value;
                            else
                                delete message.slotsQuarantined;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.streamSequence = value;
                            else
                                delete message.streamSequence;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.drawsPerSecond = value;
                            else
                                delete message.drawsPerSecond;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.rhatRawMax = value;
                            else
                                delete message.rhatRawMax;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.rhatRawMedian = value;
                            else
                                delete message.rhatRawMedian;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.rhatAlignedMax = value;
                            else
                                delete message.rhatAlignedMax;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.rhatAlignedMedian = value;
                            else
                                delete message.rhatAlignedMedian;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.probeAccuracy = value;
                            else
                                delete message.probeAccuracy;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.probeNll = value;
                            else
                                delete message.probeNll;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.probeCalibrationError = value;
                            else
                                delete message.probeCalibrationError;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.probeRhatMax = value;
                            else
                                delete message.probeRhatMax;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.probeRmse = value;
                            else
                                delete message.probeRmse;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.finished = value;
                            else
                                delete message.finished;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            if (!(message.chains && message.chains.length))
                                message.chains = [];
                            message.chains.push($root.basinet.v1.ChainProgress.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 17: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.referenceVersion = value;
                            else
                                delete message.referenceVersion;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nestedRhatRawMax = value;
                            else
                                delete message.nestedRhatRawMax;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.nestedRhatAlignedMax = value;
                            else
                                delete message.nestedRhatAlignedMax;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for PartitionStatus
             * @function getTypeUrl
             * @memberof basinet.v1.PartitionStatus
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PartitionStatus.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.PartitionStatus";
            };

            return PartitionStatus;
        })();

        v1.ChainProgress = (function() {

            /**
             * Properties of a ChainProgress.
             * @typedef {Object} basinet.v1.ChainProgress.$Properties
             * @property {number|null} [chain] ChainProgress chain
             * @property {number|null} [iteration] ChainProgress iteration
             * @property {number|null} [draws] ChainProgress draws
             * @property {number|null} [epoch] ChainProgress epoch
             * @property {boolean|null} [finished] ChainProgress finished
             * @property {basinet.v1.QuarantinedSlot.$Properties|null} [firstQuarantined] ChainProgress firstQuarantined
             * @property {number|null} [judgedSequence] ChainProgress judgedSequence
             * @property {number|null} [judgedIteration] ChainProgress judgedIteration
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainProgress.
             * @memberof basinet.v1
             * @interface IChainProgress
             * @augments basinet.v1.ChainProgress.$Properties
             * @deprecated Use basinet.v1.ChainProgress.$Properties instead.
             */

            /**
             * Shape of a ChainProgress.
             * @typedef {basinet.v1.ChainProgress.$Properties} basinet.v1.ChainProgress.$Shape
             */

            /**
             * Constructs a new ChainProgress.
             * @memberof basinet.v1
             * @classdesc Represents a ChainProgress.
             * @constructor
             * @param {basinet.v1.ChainProgress.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainProgress = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainProgress chain.
             * @member {number} chain
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.chain = 0;

            /**
             * ChainProgress iteration.
             * @member {number} iteration
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.iteration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainProgress draws.
             * @member {number} draws
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.draws = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainProgress epoch.
             * @member {number} epoch
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.epoch = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainProgress finished.
             * @member {boolean} finished
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.finished = false;

            /**
             * ChainProgress firstQuarantined.
             * @member {basinet.v1.QuarantinedSlot.$Properties|null|undefined} firstQuarantined
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.firstQuarantined = null;

            /**
             * ChainProgress judgedSequence.
             * @member {number} judgedSequence
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.judgedSequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * ChainProgress judgedIteration.
             * @member {number} judgedIteration
             * @memberof basinet.v1.ChainProgress
             * @instance
             */
            ChainProgress.prototype.judgedIteration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Creates a new ChainProgress instance using the specified properties.
             * @function create
             * @memberof basinet.v1.ChainProgress
             * @static
             * @param {basinet.v1.ChainProgress.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.ChainProgress} ChainProgress instance
             * @type {{
             *   (properties: basinet.v1.ChainProgress.$Shape): basinet.v1.ChainProgress & basinet.v1.ChainProgress.$Shape;
             *   (properties?: basinet.v1.ChainProgress.$Properties): basinet.v1.ChainProgress;
             * }}
             */
            ChainProgress.create = function(properties) {
                return new ChainProgress(properties);
            };

            /**
             * Encodes the specified ChainProgress message. Does not implicitly {@link basinet.v1.ChainProgress.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.ChainProgress
             * @static
             * @param {basinet.v1.ChainProgress.$Properties} message ChainProgress message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainProgress.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chain != null && $Object.hasOwnProperty.call(message, "chain") && message.chain !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.chain);
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && (typeof message.iteration === "object" ? message.iteration.low || message.iteration.high : message.iteration !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.iteration);
                if (message.draws != null && $Object.hasOwnProperty.call(message, "draws") && (typeof message.draws === "object" ? message.draws.low || message.draws.high : message.draws !== 0))
                    writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.draws);
                if (message.epoch != null && $Object.hasOwnProperty.call(message, "epoch") && (typeof message.epoch === "object" ? message.epoch.low || message.epoch.high : message.epoch !== 0))
                    writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.epoch);
                if (message.finished != null && $Object.hasOwnProperty.call(message, "finished") && message.finished !== false)
                    writer.uint32(/* id 5, wireType 0 =*/40).bool(message.finished);
                if (message.firstQuarantined != null && $Object.hasOwnProperty.call(message, "firstQuarantined"))
                    $root.basinet.v1.QuarantinedSlot.encode(message.firstQuarantined, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
                if (message.judgedSequence != null && $Object.hasOwnProperty.call(message, "judgedSequence") && (typeof message.judgedSequence === "object" ? message.judgedSequence.low || message.judgedSequence.high : message.judgedSequence !== 0))
                    writer.uint32(/* id 7, wireType 0 =*/56).uint64(message.judgedSequence);
                if (message.judgedIteration != null && $Object.hasOwnProperty.call(message, "judgedIteration") && (typeof message.judgedIteration === "object" ? message.judgedIteration.low || message.judgedIteration.high : message.judgedIteration !== 0))
                    writer.uint32(/* id 8, wireType 0 =*/64).uint64(message.judgedIteration);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainProgress message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.ChainProgress
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.ChainProgress & basinet.v1.ChainProgress.$Shape} ChainProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainProgress.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.ChainProgress();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chain = value;
                            else
                                delete message.chain;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.draws = value;
                            else
                                delete message.draws;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.epoch = value;
                            else
                                delete message.epoch;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.bool())
                                message.finished = value;
                            else
                                delete message.finished;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            message.firstQuarantined = $root.basinet.v1.QuarantinedSlot.decode(reader, reader.size(), $undefined, _depth + 1, message.firstQuarantined);
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.judgedSequence = value;
                            else
                                delete message.judgedSequence;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.judgedIteration = value;
                            else
                                delete message.judgedIteration;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ChainProgress
             * @function getTypeUrl
             * @memberof basinet.v1.ChainProgress
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ChainProgress.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.ChainProgress";
            };

            return ChainProgress;
        })();

        v1.PartitionStatistics = (function() {

            /**
             * Properties of a PartitionStatistics.
             * @typedef {Object} basinet.v1.PartitionStatistics.$Properties
             * @property {number|null} [partition] PartitionStatistics partition
             * @property {Array.<number>|null} [chains] PartitionStatistics chains
             * @property {basinet.v1.MergedMoments.$Properties|null} [raw] PartitionStatistics raw
             * @property {basinet.v1.MergedMoments.$Properties|null} [aligned] PartitionStatistics aligned
             * @property {basinet.v1.MergedMoments.$Properties|null} [probe] PartitionStatistics probe
             * @property {Uint8Array|null} [reference] PartitionStatistics reference
             * @property {number|null} [referenceVersion] PartitionStatistics referenceVersion
             * @property {Array.<basinet.v1.ChainTrace.$Properties>|null} [traces] PartitionStatistics traces
             * @property {Array.<basinet.v1.QuarantinedSlot.$Properties>|null} [quarantined] PartitionStatistics quarantined
             * @property {number|null} [slotsQuarantined] PartitionStatistics slotsQuarantined
             * @property {basinet.v1.MergedMoments.$Properties|null} [control] PartitionStatistics control
             * @property {basinet.v1.Histograms.$Properties|null} [histograms] PartitionStatistics histograms
             * @property {basinet.v1.LowRankCovariance.$Properties|null} [lowRank] PartitionStatistics lowRank
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a PartitionStatistics.
             * @memberof basinet.v1
             * @interface IPartitionStatistics
             * @augments basinet.v1.PartitionStatistics.$Properties
             * @deprecated Use basinet.v1.PartitionStatistics.$Properties instead.
             */

            /**
             * Shape of a PartitionStatistics.
             * @typedef {basinet.v1.PartitionStatistics.$Properties} basinet.v1.PartitionStatistics.$Shape
             */

            /**
             * Constructs a new PartitionStatistics.
             * @memberof basinet.v1
             * @classdesc Represents a PartitionStatistics.
             * @constructor
             * @param {basinet.v1.PartitionStatistics.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const PartitionStatistics = function (properties) {
                this.chains = [];
                this.traces = [];
                this.quarantined = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * PartitionStatistics partition.
             * @member {number} partition
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.partition = 0;

            /**
             * PartitionStatistics chains.
             * @member {Array.<number>} chains
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.chains = $util.emptyArray;

            /**
             * PartitionStatistics raw.
             * @member {basinet.v1.MergedMoments.$Properties|null|undefined} raw
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.raw = null;

            /**
             * PartitionStatistics aligned.
             * @member {basinet.v1.MergedMoments.$Properties|null|undefined} aligned
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.aligned = null;

            /**
             * PartitionStatistics probe.
             * @member {basinet.v1.MergedMoments.$Properties|null|undefined} probe
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.probe = null;

            /**
             * PartitionStatistics reference.
             * @member {Uint8Array} reference
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.reference = $util.newBuffer([]);

            /**
             * PartitionStatistics referenceVersion.
             * @member {number} referenceVersion
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.referenceVersion = 0;

            /**
             * PartitionStatistics traces.
             * @member {Array.<basinet.v1.ChainTrace.$Properties>} traces
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.traces = $util.emptyArray;

            /**
             * PartitionStatistics quarantined.
             * @member {Array.<basinet.v1.QuarantinedSlot.$Properties>} quarantined
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.quarantined = $util.emptyArray;

            /**
             * PartitionStatistics slotsQuarantined.
             * @member {number} slotsQuarantined
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.slotsQuarantined = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * PartitionStatistics control.
             * @member {basinet.v1.MergedMoments.$Properties|null|undefined} control
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.control = null;

            /**
             * PartitionStatistics histograms.
             * @member {basinet.v1.Histograms.$Properties|null|undefined} histograms
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.histograms = null;

            /**
             * PartitionStatistics lowRank.
             * @member {basinet.v1.LowRankCovariance.$Properties|null|undefined} lowRank
             * @memberof basinet.v1.PartitionStatistics
             * @instance
             */
            PartitionStatistics.prototype.lowRank = null;

            /**
             * Creates a new PartitionStatistics instance using the specified properties.
             * @function create
             * @memberof basinet.v1.PartitionStatistics
             * @static
             * @param {basinet.v1.PartitionStatistics.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.PartitionStatistics} PartitionStatistics instance
             * @type {{
             *   (properties: basinet.v1.PartitionStatistics.$Shape): basinet.v1.PartitionStatistics & basinet.v1.PartitionStatistics.$Shape;
             *   (properties?: basinet.v1.PartitionStatistics.$Properties): basinet.v1.PartitionStatistics;
             * }}
             */
            PartitionStatistics.create = function(properties) {
                return new PartitionStatistics(properties);
            };

            /**
             * Encodes the specified PartitionStatistics message. Does not implicitly {@link basinet.v1.PartitionStatistics.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.PartitionStatistics
             * @static
             * @param {basinet.v1.PartitionStatistics.$Properties} message PartitionStatistics message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            PartitionStatistics.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.partition != null && $Object.hasOwnProperty.call(message, "partition") && message.partition !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.partition);
                if (message.chains != null && message.chains.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint32s(message.chains);
                if (message.raw != null && $Object.hasOwnProperty.call(message, "raw"))
                    $root.basinet.v1.MergedMoments.encode(message.raw, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
                if (message.aligned != null && $Object.hasOwnProperty.call(message, "aligned"))
                    $root.basinet.v1.MergedMoments.encode(message.aligned, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
                if (message.probe != null && $Object.hasOwnProperty.call(message, "probe"))
                    $root.basinet.v1.MergedMoments.encode(message.probe, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
                if (message.reference != null && $Object.hasOwnProperty.call(message, "reference") && message.reference.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.reference);
                if (message.referenceVersion != null && $Object.hasOwnProperty.call(message, "referenceVersion") && message.referenceVersion !== 0)
                    writer.uint32(/* id 7, wireType 0 =*/56).uint32(message.referenceVersion);
                if (message.traces != null && message.traces.length)
                    for (let i = 0; i < message.traces.length; ++i)
                        $root.basinet.v1.ChainTrace.encode(message.traces[i], writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
                if (message.quarantined != null && message.quarantined.length)
                    for (let i = 0; i < message.quarantined.length; ++i)
                        $root.basinet.v1.QuarantinedSlot.encode(message.quarantined[i], writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
                if (message.slotsQuarantined != null && $Object.hasOwnProperty.call(message, "slotsQuarantined") && (typeof message.slotsQuarantined === "object" ? message.slotsQuarantined.low || message.slotsQuarantined.high : message.slotsQuarantined !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.slotsQuarantined);
                if (message.control != null && $Object.hasOwnProperty.call(message, "control"))
                    $root.basinet.v1.MergedMoments.encode(message.control, writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.histograms != null && $Object.hasOwnProperty.call(message, "histograms"))
                    $root.basinet.v1.Histograms.encode(message.histograms, writer.uint32(/* id 21, wireType 2 =*/170).fork(), _depth + 1).ldelim();
                if (message.lowRank != null && $Object.hasOwnProperty.call(message, "lowRank"))
                    $root.basinet.v1.LowRankCovariance.encode(message.lowRank, writer.uint32(/* id 22, wireType 2 =*/178).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a PartitionStatistics message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.PartitionStatistics
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.PartitionStatistics & basinet.v1.PartitionStatistics.$Shape} PartitionStatistics
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            PartitionStatistics.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.PartitionStatistics();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.partition = value;
                            else
                                delete message.partition;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.chains && message.chains.length))
                                    message.chains = [];
                                reader.uint32s(message.chains);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.chains && message.chains.length))
                                message.chains = [];
                            message.chains.push(reader.uint32());
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            message.raw = $root.basinet.v1.MergedMoments.decode(reader, reader.size(), $undefined, _depth + 1, message.raw);
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            message.aligned = $root.basinet.v1.MergedMoments.decode(reader, reader.size(), $undefined, _depth + 1, message.aligned);
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            message.probe = $root.basinet.v1.MergedMoments.decode(reader, reader.size(), $undefined, _depth + 1, message.probe);
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.reference = value;
                            else
                                delete message.reference;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.referenceVersion = value;
                            else
                                delete message.referenceVersion;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if (!(message.traces && message.traces.length))
                                message.traces = [];
                            message.traces.push($root.basinet.v1.ChainTrace.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if (!(message.quarantined && message.quarantined.length))
                                message.quarantined = [];
                            message.quarantined.push($root.basinet.v1.QuarantinedSlot.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.slotsQuarantined = value;
                            else
                                delete message.slotsQuarantined;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            message.control = $root.basinet.v1.MergedMoments.decode(reader, reader.size(), $undefined, _depth + 1, message.control);
                            continue;
                        }
                    case 21: {
                            if (wireType !== 2)
                                break;
                            message.histograms = $root.basinet.v1.Histograms.decode(reader, reader.size(), $undefined, _depth + 1, message.histograms);
                            continue;
                        }
                    case 22: {
                            if (wireType !== 2)
                                break;
                            message.lowRank = $root.basinet.v1.LowRankCovariance.decode(reader, reader.size(), $undefined, _depth + 1, message.lowRank);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for PartitionStatistics
             * @function getTypeUrl
             * @memberof basinet.v1.PartitionStatistics
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            PartitionStatistics.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.PartitionStatistics";
            };

            return PartitionStatistics;
        })();

        v1.Histograms = (function() {

            /**
             * Properties of a Histograms.
             * @typedef {Object} basinet.v1.Histograms.$Properties
             * @property {number|null} [size] Histograms size
             * @property {number|null} [count] Histograms count
             * @property {number|null} [bins] Histograms bins
             * @property {Uint8Array|null} [exponent] Histograms exponent
             * @property {Uint8Array|null} [low] Histograms low
             * @property {Uint8Array|null} [high] Histograms high
             * @property {Uint8Array|null} [counts] Histograms counts
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a Histograms.
             * @memberof basinet.v1
             * @interface IHistograms
             * @augments basinet.v1.Histograms.$Properties
             * @deprecated Use basinet.v1.Histograms.$Properties instead.
             */

            /**
             * Shape of a Histograms.
             * @typedef {basinet.v1.Histograms.$Properties} basinet.v1.Histograms.$Shape
             */

            /**
             * Constructs a new Histograms.
             * @memberof basinet.v1
             * @classdesc Represents a Histograms.
             * @constructor
             * @param {basinet.v1.Histograms.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const Histograms = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * Histograms size.
             * @member {number} size
             * @memberof basinet.v1.Histograms
             * @instance
             */
            Histograms.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Histograms count.
             * @member {number} count
             * @memberof basinet.v1.Histograms
             * @instance
             */
            Histograms.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * Histograms bins.
             * @member {number} bins
             * @memberof basinet.v1.Histograms
             * @instance
             */
            Histograms.prototype.bins = 0;

            /**
             * Histograms exponent.
             * @member {Uint8Array} exponent
             * @memberof basinet.v1.Histograms
             * @instance
             */
            Histograms.prototype.exponent = $util.newBuffer([]);

            /**
             * Histograms low.
             * @member {Uint8Array} low
             * @memberof basinet.v1.Histograms
             * @instance
             */
            Histograms.prototype.low = $util.newBuffer([]);

            /**
             * Histograms high.
             * @member {Uint8Array} high
             * @memberof basinet.v1.Histograms
             * @instance
             */
            Histograms.prototype.high = $util.newBuffer([]);

            /**
             * Histograms counts.
             * @member {Uint8Array} counts
             * @memberof basinet.v1.Histograms
             * @instance
             */
            Histograms.prototype.counts = $util.newBuffer([]);

            /**
             * Creates a new Histograms instance using the specified properties.
             * @function create
             * @memberof basinet.v1.Histograms
             * @static
             * @param {basinet.v1.Histograms.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.Histograms} Histograms instance
             * @type {{
             *   (properties: basinet.v1.Histograms.$Shape): basinet.v1.Histograms & basinet.v1.Histograms.$Shape;
             *   (properties?: basinet.v1.Histograms.$Properties): basinet.v1.Histograms;
             * }}
             */
            Histograms.create = function(properties) {
                return new Histograms(properties);
            };

            /**
             * Encodes the specified Histograms message. Does not implicitly {@link basinet.v1.Histograms.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.Histograms
             * @static
             * @param {basinet.v1.Histograms.$Properties} message Histograms message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            Histograms.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.size);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.count);
                if (message.bins != null && $Object.hasOwnProperty.call(message, "bins") && message.bins !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.bins);
                if (message.exponent != null && $Object.hasOwnProperty.call(message, "exponent") && message.exponent.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.exponent);
                if (message.low != null && $Object.hasOwnProperty.call(message, "low") && message.low.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.low);
                if (message.high != null && $Object.hasOwnProperty.call(message, "high") && message.high.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.high);
                if (message.counts != null && $Object.hasOwnProperty.call(message, "counts") && message.counts.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.counts);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a Histograms message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.Histograms
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.Histograms & basinet.v1.Histograms.$Shape} Histograms
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            Histograms.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.Histograms();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.bins = value;
                            else
                                delete message.bins;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.exponent = value;
                            else
                                delete message.exponent;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.low = value;
                            else
                                delete message.low;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.high = value;
                            else
                                delete message.high;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.counts = value;
                            else
                                delete message.counts;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for Histograms
             * @function getTypeUrl
             * @memberof basinet.v1.Histograms
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            Histograms.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.Histograms";
            };

            return Histograms;
        })();

        v1.LowRankCovariance = (function() {

            /**
             * Properties of a LowRankCovariance.
             * @typedef {Object} basinet.v1.LowRankCovariance.$Properties
             * @property {number|null} [size] LowRankCovariance size
             * @property {number|null} [count] LowRankCovariance count
             * @property {number|null} [rank] LowRankCovariance rank
             * @property {Uint8Array|null} [mean] LowRankCovariance mean
             * @property {Uint8Array|null} [rows] LowRankCovariance rows
             * @property {number|null} [dropped] LowRankCovariance dropped
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a LowRankCovariance.
             * @memberof basinet.v1
             * @interface ILowRankCovariance
             * @augments basinet.v1.LowRankCovariance.$Properties
             * @deprecated Use basinet.v1.LowRankCovariance.$Properties instead.
             */

            /**
             * Shape of a LowRankCovariance.
             * @typedef {basinet.v1.LowRankCovariance.$Properties} basinet.v1.LowRankCovariance.$Shape
             */

            /**
             * Constructs a new LowRankCovariance.
             * @memberof basinet.v1
             * @classdesc Represents a LowRankCovariance.
             * @constructor
             * @param {basinet.v1.LowRankCovariance.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const LowRankCovariance = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * LowRankCovariance size.
             * @member {number} size
             * @memberof basinet.v1.LowRankCovariance
             * @instance
             */
            LowRankCovariance.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LowRankCovariance count.
             * @member {number} count
             * @memberof basinet.v1.LowRankCovariance
             * @instance
             */
            LowRankCovariance.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * LowRankCovariance rank.
             * @member {number} rank
             * @memberof basinet.v1.LowRankCovariance
             * @instance
             */
            LowRankCovariance.prototype.rank = 0;

            /**
             * LowRankCovariance mean.
             * @member {Uint8Array} mean
             * @memberof basinet.v1.LowRankCovariance
             * @instance
             */
            LowRankCovariance.prototype.mean = $util.newBuffer([]);

            /**
             * LowRankCovariance rows.
             * @member {Uint8Array} rows
             * @memberof basinet.v1.LowRankCovariance
             * @instance
             */
            LowRankCovariance.prototype.rows = $util.newBuffer([]);

            /**
             * LowRankCovariance dropped.
             * @member {number} dropped
             * @memberof basinet.v1.LowRankCovariance
             * @instance
             */
            LowRankCovariance.prototype.dropped = 0;

            /**
             * Creates a new LowRankCovariance instance using the specified properties.
             * @function create
             * @memberof basinet.v1.LowRankCovariance
             * @static
             * @param {basinet.v1.LowRankCovariance.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.LowRankCovariance} LowRankCovariance instance
             * @type {{
             *   (properties: basinet.v1.LowRankCovariance.$Shape): basinet.v1.LowRankCovariance & basinet.v1.LowRankCovariance.$Shape;
             *   (properties?: basinet.v1.LowRankCovariance.$Properties): basinet.v1.LowRankCovariance;
             * }}
             */
            LowRankCovariance.create = function(properties) {
                return new LowRankCovariance(properties);
            };

            /**
             * Encodes the specified LowRankCovariance message. Does not implicitly {@link basinet.v1.LowRankCovariance.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.LowRankCovariance
             * @static
             * @param {basinet.v1.LowRankCovariance.$Properties} message LowRankCovariance message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            LowRankCovariance.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.size);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.count);
                if (message.rank != null && $Object.hasOwnProperty.call(message, "rank") && message.rank !== 0)
                    writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.rank);
                if (message.mean != null && $Object.hasOwnProperty.call(message, "mean") && message.mean.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.mean);
                if (message.rows != null && $Object.hasOwnProperty.call(message, "rows") && message.rows.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.rows);
                if (message.dropped != null && $Object.hasOwnProperty.call(message, "dropped") && !$Object.is(message.dropped, 0))
                    writer.uint32(/* id 6, wireType 1 =*/49).double(message.dropped);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a LowRankCovariance message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.LowRankCovariance
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.LowRankCovariance & basinet.v1.LowRankCovariance.$Shape} LowRankCovariance
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            LowRankCovariance.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.LowRankCovariance();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.rank = value;
                            else
                                delete message.rank;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.mean = value;
                            else
                                delete message.mean;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.rows = value;
                            else
                                delete message.rows;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.dropped = value;
                            else
                                delete message.dropped;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for LowRankCovariance
             * @function getTypeUrl
             * @memberof basinet.v1.LowRankCovariance
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            LowRankCovariance.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.LowRankCovariance";
            };

            return LowRankCovariance;
        })();

        v1.MergedMoments = (function() {

            /**
             * Properties of a MergedMoments.
             * @typedef {Object} basinet.v1.MergedMoments.$Properties
             * @property {number|null} [size] MergedMoments size
             * @property {number|null} [count] MergedMoments count
             * @property {Uint8Array|null} [mean] MergedMoments mean
             * @property {Uint8Array|null} [sumSquares] MergedMoments sumSquares
             * @property {number|null} [halves] MergedMoments halves
             * @property {number|null} [halfDraws] MergedMoments halfDraws
             * @property {Uint8Array|null} [halfMean] MergedMoments halfMean
             * @property {Uint8Array|null} [halfMeanSumSquares] MergedMoments halfMeanSumSquares
             * @property {Uint8Array|null} [halfSumSquares] MergedMoments halfSumSquares
             * @property {number|null} [batches] MergedMoments batches
             * @property {number|null} [batchSize] MergedMoments batchSize
             * @property {Uint8Array|null} [batchMeanSumSquares] MergedMoments batchMeanSumSquares
             * @property {number|null} [chainsCounted] MergedMoments chainsCounted
             * @property {Uint8Array|null} [batchMean] MergedMoments batchMean
             * @property {number|null} [nonFinite] MergedMoments nonFinite
             * @property {basinet.v1.NestedMoments.$Properties|null} [nested] MergedMoments nested
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a MergedMoments.
             * @memberof basinet.v1
             * @interface IMergedMoments
             * @augments basinet.v1.MergedMoments.$Properties
             * @deprecated Use basinet.v1.MergedMoments.$Properties instead.
             */

            /**
             * Shape of a MergedMoments.
             * @typedef {basinet.v1.MergedMoments.$Properties} basinet.v1.MergedMoments.$Shape
             */

            /**
             * Constructs a new MergedMoments.
             * @memberof basinet.v1
             * @classdesc Represents a MergedMoments.
             * @constructor
             * @param {basinet.v1.MergedMoments.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const MergedMoments = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * MergedMoments size.
             * @member {number} size
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MergedMoments count.
             * @member {number} count
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MergedMoments mean.
             * @member {Uint8Array} mean
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.mean = $util.newBuffer([]);

            /**
             * MergedMoments sumSquares.
             * @member {Uint8Array} sumSquares
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.sumSquares = $util.newBuffer([]);

            /**
             * MergedMoments halves.
             * @member {number} halves
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.halves = 0;

            /**
             * MergedMoments halfDraws.
             * @member {number} halfDraws
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.halfDraws = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MergedMoments halfMean.
             * @member {Uint8Array} halfMean
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.halfMean = $util.newBuffer([]);

            /**
             * MergedMoments halfMeanSumSquares.
             * @member {Uint8Array} halfMeanSumSquares
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.halfMeanSumSquares = $util.newBuffer([]);

            /**
             * MergedMoments halfSumSquares.
             * @member {Uint8Array} halfSumSquares
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.halfSumSquares = $util.newBuffer([]);

            /**
             * MergedMoments batches.
             * @member {number} batches
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.batches = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MergedMoments batchSize.
             * @member {number} batchSize
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.batchSize = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MergedMoments batchMeanSumSquares.
             * @member {Uint8Array} batchMeanSumSquares
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.batchMeanSumSquares = $util.newBuffer([]);

            /**
             * MergedMoments chainsCounted.
             * @member {number} chainsCounted
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.chainsCounted = 0;

            /**
             * MergedMoments batchMean.
             * @member {Uint8Array} batchMean
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.batchMean = $util.newBuffer([]);

            /**
             * MergedMoments nonFinite.
             * @member {number} nonFinite
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.nonFinite = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * MergedMoments nested.
             * @member {basinet.v1.NestedMoments.$Properties|null|undefined} nested
             * @memberof basinet.v1.MergedMoments
             * @instance
             */
            MergedMoments.prototype.nested = null;

            /**
             * Creates a new MergedMoments instance using the specified properties.
             * @function create
             * @memberof basinet.v1.MergedMoments
             * @static
             * @param {basinet.v1.MergedMoments.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.MergedMoments} MergedMoments instance
             * @type {{
             *   (properties: basinet.v1.MergedMoments.$Shape): basinet.v1.MergedMoments & basinet.v1.MergedMoments.$Shape;
             *   (properties?: basinet.v1.MergedMoments.$Properties): basinet.v1.MergedMoments;
             * }}
             */
            MergedMoments.create = function(properties) {
                return new MergedMoments(properties);
            };

            /**
             * Encodes the specified MergedMoments message. Does not implicitly {@link basinet.v1.MergedMoments.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.MergedMoments
             * @static
             * @param {basinet.v1.MergedMoments.$Properties} message MergedMoments message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            MergedMoments.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.size != null && $Object.hasOwnProperty.call(message, "size") && (typeof message.size === "object" ? message.size.low || message.size.high : message.size !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.size);
                if (message.count != null && $Object.hasOwnProperty.call(message, "count") && (typeof message.count === "object" ? message.count.low || message.count.high : message.count !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.count);
                if (message.mean != null && $Object.hasOwnProperty.call(message, "mean") && message.mean.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.mean);
                if (message.sumSquares != null && $Object.hasOwnProperty.call(message, "sumSquares") && message.sumSquares.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.sumSquares);
                if (message.halves != null && $Object.hasOwnProperty.call(message, "halves") && message.halves !== 0)
                    writer.uint32(/* id 5, wireType 0 =*/40).uint32(message.halves);
                if (message.halfDraws != null && $Object.hasOwnProperty.call(message, "halfDraws") && (typeof message.halfDraws === "object" ? message.halfDraws.low || message.halfDraws.high : message.halfDraws !== 0))
                    writer.uint32(/* id 6, wireType 0 =*/48).uint64(message.halfDraws);
                if (message.halfMean != null && $Object.hasOwnProperty.call(message, "halfMean") && message.halfMean.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.halfMean);
                if (message.halfMeanSumSquares != null && $Object.hasOwnProperty.call(message, "halfMeanSumSquares") && message.halfMeanSumSquares.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.halfMeanSumSquares);
                if (message.halfSumSquares != null && $Object.hasOwnProperty.call(message, "halfSumSquares") && message.halfSumSquares.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.halfSumSquares);
                if (message.batches != null && $Object.hasOwnProperty.call(message, "batches") && (typeof message.batches === "object" ? message.batches.low || message.batches.high : message.batches !== 0))
                    writer.uint32(/* id 10, wireType 0 =*/80).uint64(message.batches);
                if (message.batchSize != null && $Object.hasOwnProperty.call(message, "batchSize") && (typeof message.batchSize === "object" ? message.batchSize.low || message.batchSize.high : message.batchSize !== 0))
                    writer.uint32(/* id 11, wireType 0 =*/88).uint64(message.batchSize);
                if (message.batchMeanSumSquares != null && $Object.hasOwnProperty.call(message, "batchMeanSumSquares") && message.batchMeanSumSquares.length)
                    writer.uint32(/* id 12, wireType 2 =*/98).bytes(message.batchMeanSumSquares);
                if (message.chainsCounted != null && $Object.hasOwnProperty.call(message, "chainsCounted") && message.chainsCounted !== 0)
                    writer.uint32(/* id 13, wireType 0 =*/104).uint32(message.chainsCounted);
                if (message.batchMean != null && $Object.hasOwnProperty.call(message, "batchMean") && message.batchMean.length)
                    writer.uint32(/* id 14, wireType 2 =*/114).bytes(message.batchMean);
                if (message.nonFinite != null && $Object.hasOwnProperty.call(message, "nonFinite") && (typeof message.nonFinite === "object" ? message.nonFinite.low || message.nonFinite.high : message.nonFinite !== 0))
                    writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.nonFinite);
                if (message.nested != null && $Object.hasOwnProperty.call(message, "nested"))
                    $root.basinet.v1.NestedMoments.encode(message.nested, writer.uint32(/* id 16, wireType 2 =*/130).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a MergedMoments message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.MergedMoments
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.MergedMoments & basinet.v1.MergedMoments.$Shape} MergedMoments
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            MergedMoments.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.MergedMoments();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.size = value;
                            else
                                delete message.size;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.count = value;
                            else
                                delete message.count;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.mean = value;
                            else
                                delete message.mean;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.sumSquares = value;
                            else
                                delete message.sumSquares;
                            continue;
                        }
                    case 5: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.halves = value;
                            else
                                delete message.halves;
                            continue;
                        }
                    case 6: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.halfDraws = value;
                            else
                                delete message.halfDraws;
                            continue;
                        }
                    case 7: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.halfMean = value;
                            else
                                delete message.halfMean;
                            continue;
                        }
                    case 8: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.halfMeanSumSquares = value;
                            else
                                delete message.halfMeanSumSquares;
                            continue;
                        }
                    case 9: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.halfSumSquares = value;
                            else
                                delete message.halfSumSquares;
                            continue;
                        }
                    case 10: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.batches = value;
                            else
                                delete message.batches;
                            continue;
                        }
                    case 11: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.batchSize = value;
                            else
                                delete message.batchSize;
                            continue;
                        }
                    case 12: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.batchMeanSumSquares = value;
                            else
                                delete message.batchMeanSumSquares;
                            continue;
                        }
                    case 13: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chainsCounted = value;
                            else
                                delete message.chainsCounted;
                            continue;
                        }
                    case 14: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.batchMean = value;
                            else
                                delete message.batchMean;
                            continue;
                        }
                    case 15: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.nonFinite = value;
                            else
                                delete message.nonFinite;
                            continue;
                        }
                    case 16: {
                            if (wireType !== 2)
                                break;
                            message.nested = $root.basinet.v1.NestedMoments.decode(reader, reader.size(), $undefined, _depth + 1, message.nested);
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for MergedMoments
             * @function getTypeUrl
             * @memberof basinet.v1.MergedMoments
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            MergedMoments.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.MergedMoments";
            };

            return MergedMoments;
        })();

        v1.NestedMoments = (function() {

            /**
             * Properties of a NestedMoments.
             * @typedef {Object} basinet.v1.NestedMoments.$Properties
             * @property {number|null} [superchains] NestedMoments superchains
             * @property {Uint8Array|null} [mean] NestedMoments mean
             * @property {Uint8Array|null} [meanSumSquares] NestedMoments meanSumSquares
             * @property {Uint8Array|null} [within] NestedMoments within
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a NestedMoments.
             * @memberof basinet.v1
             * @interface INestedMoments
             * @augments basinet.v1.NestedMoments.$Properties
             * @deprecated Use basinet.v1.NestedMoments.$Properties instead.
             */

            /**
             * Shape of a NestedMoments.
             * @typedef {basinet.v1.NestedMoments.$Properties} basinet.v1.NestedMoments.$Shape
             */

            /**
             * Constructs a new NestedMoments.
             * @memberof basinet.v1
             * @classdesc Represents a NestedMoments.
             * @constructor
             * @param {basinet.v1.NestedMoments.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const NestedMoments = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * NestedMoments superchains.
             * @member {number} superchains
             * @memberof basinet.v1.NestedMoments
             * @instance
             */
            NestedMoments.prototype.superchains = 0;

            /**
             * NestedMoments mean.
             * @member {Uint8Array} mean
             * @memberof basinet.v1.NestedMoments
             * @instance
             */
            NestedMoments.prototype.mean = $util.newBuffer([]);

            /**
             * NestedMoments meanSumSquares.
             * @member {Uint8Array} meanSumSquares
             * @memberof basinet.v1.NestedMoments
             * @instance
             */
            NestedMoments.prototype.meanSumSquares = $util.newBuffer([]);

            /**
             * NestedMoments within.
             * @member {Uint8Array} within
             * @memberof basinet.v1.NestedMoments
             * @instance
             */
            NestedMoments.prototype.within = $util.newBuffer([]);

            /**
             * Creates a new NestedMoments instance using the specified properties.
             * @function create
             * @memberof basinet.v1.NestedMoments
             * @static
             * @param {basinet.v1.NestedMoments.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.NestedMoments} NestedMoments instance
             * @type {{
             *   (properties: basinet.v1.NestedMoments.$Shape): basinet.v1.NestedMoments & basinet.v1.NestedMoments.$Shape;
             *   (properties?: basinet.v1.NestedMoments.$Properties): basinet.v1.NestedMoments;
             * }}
             */
            NestedMoments.create = function(properties) {
                return new NestedMoments(properties);
            };

            /**
             * Encodes the specified NestedMoments message. Does not implicitly {@link basinet.v1.NestedMoments.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.NestedMoments
             * @static
             * @param {basinet.v1.NestedMoments.$Properties} message NestedMoments message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            NestedMoments.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.superchains != null && $Object.hasOwnProperty.call(message, "superchains") && message.superchains !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.superchains);
                if (message.mean != null && $Object.hasOwnProperty.call(message, "mean") && message.mean.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.mean);
                if (message.meanSumSquares != null && $Object.hasOwnProperty.call(message, "meanSumSquares") && message.meanSumSquares.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.meanSumSquares);
                if (message.within != null && $Object.hasOwnProperty.call(message, "within") && message.within.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.within);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a NestedMoments message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.NestedMoments
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.NestedMoments & basinet.v1.NestedMoments.$Shape} NestedMoments
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            NestedMoments.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.NestedMoments();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.superchains = value;
                            else
                                delete message.superchains;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.mean = value;
                            else
                                delete message.mean;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.meanSumSquares = value;
                            else
                                delete message.meanSumSquares;
                            continue;
                        }
                    case 4: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.within = value;
                            else
                                delete message.within;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for NestedMoments
             * @function getTypeUrl
             * @memberof basinet.v1.NestedMoments
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            NestedMoments.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.NestedMoments";
            };

            return NestedMoments;
        })();

        v1.ChainTrace = (function() {

            /**
             * Properties of a ChainTrace.
             * @typedef {Object} basinet.v1.ChainTrace.$Properties
             * @property {number|null} [chain] ChainTrace chain
             * @property {Array.<number>|null} [iteration] ChainTrace iteration
             * @property {Array.<number>|null} [potentialEnergy] ChainTrace potentialEnergy
             * @property {Array.<number>|null} [energyError] ChainTrace energyError
             * @property {Array.<number>|null} [acceptanceRate] ChainTrace acceptanceRate
             * @property {Array.<boolean>|null} [divergent] ChainTrace divergent
             * @property {Array.<number>|null} [distanceBefore] ChainTrace distanceBefore
             * @property {Array.<number>|null} [distanceAfter] ChainTrace distanceAfter
             * @property {Array.<number>|null} [transpositions] ChainTrace transpositions
             * @property {Array.<number>|null} [stepSize] ChainTrace stepSize
             * @property {Array.<number>|null} [leapfrogSteps] ChainTrace leapfrogSteps
             * @property {Array.<number>|null} [kineticEnergy] ChainTrace kineticEnergy
             * @property {Array.<number>|null} [warmupIteration] ChainTrace warmupIteration
             * @property {Array.<number>|null} [warmupPotentialEnergy] ChainTrace warmupPotentialEnergy
             * @property {Array.<number>|null} [warmupAcceptanceRate] ChainTrace warmupAcceptanceRate
             * @property {Array.<number>|null} [warmupStepSize] ChainTrace warmupStepSize
             * @property {number|null} [probeMeanNll] ChainTrace probeMeanNll
             * @property {number|null} [probeMeanAccuracy] ChainTrace probeMeanAccuracy
             * @property {Uint8Array|null} [relabellings] ChainTrace relabellings
             * @property {Array.<basinet.v1.DeviceStretch.$Properties>|null} [devices] ChainTrace devices
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a ChainTrace.
             * @memberof basinet.v1
             * @interface IChainTrace
             * @augments basinet.v1.ChainTrace.$Properties
             * @deprecated Use basinet.v1.ChainTrace.$Properties instead.
             */

            /**
             * Shape of a ChainTrace.
             * @typedef {basinet.v1.ChainTrace.$Properties} basinet.v1.ChainTrace.$Shape
             */

            /**
             * Constructs a new ChainTrace.
             * @memberof basinet.v1
             * @classdesc Represents a ChainTrace.
             * @constructor
             * @param {basinet.v1.ChainTrace.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const ChainTrace = function (properties) {
                this.iteration = [];
                this.potentialEnergy = [];
                this.energyError = [];
                this.acceptanceRate = [];
                this.divergent = [];
                this.distanceBefore = [];
                this.distanceAfter = [];
                this.transpositions = [];
                this.stepSize = [];
                this.leapfrogSteps = [];
                this.kineticEnergy = [];
                this.warmupIteration = [];
                this.warmupPotentialEnergy = [];
                this.warmupAcceptanceRate = [];
                this.warmupStepSize = [];
                this.devices = [];
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * ChainTrace chain.
             * @member {number} chain
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.chain = 0;

            /**
             * ChainTrace iteration.
             * @member {Array.<number>} iteration
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.iteration = $util.emptyArray;

            /**
             * ChainTrace potentialEnergy.
             * @member {Array.<number>} potentialEnergy
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.potentialEnergy = $util.emptyArray;

            /**
             * ChainTrace energyError.
             * @member {Array.<number>} energyError
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.energyError = $util.emptyArray;

            /**
             * ChainTrace acceptanceRate.
             * @member {Array.<number>} acceptanceRate
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.acceptanceRate = $util.emptyArray;

            /**
             * ChainTrace divergent.
             * @member {Array.<boolean>} divergent
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.divergent = $util.emptyArray;

            /**
             * ChainTrace distanceBefore.
             * @member {Array.<number>} distanceBefore
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.distanceBefore = $util.emptyArray;

            /**
             * ChainTrace distanceAfter.
             * @member {Array.<number>} distanceAfter
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.distanceAfter = $util.emptyArray;

            /**
             * ChainTrace transpositions.
             * @member {Array.<number>} transpositions
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.transpositions = $util.emptyArray;

            /**
             * ChainTrace stepSize.
             * @member {Array.<number>} stepSize
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.stepSize = $util.emptyArray;

            /**
             * ChainTrace leapfrogSteps.
             * @member {Array.<number>} leapfrogSteps
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.leapfrogSteps = $util.emptyArray;

            /**
             * ChainTrace kineticEnergy.
             * @member {Array.<number>} kineticEnergy
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.kineticEnergy = $util.emptyArray;

            /**
             * ChainTrace warmupIteration.
             * @member {Array.<number>} warmupIteration
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.warmupIteration = $util.emptyArray;

            /**
             * ChainTrace warmupPotentialEnergy.
             * @member {Array.<number>} warmupPotentialEnergy
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.warmupPotentialEnergy = $util.emptyArray;

            /**
             * ChainTrace warmupAcceptanceRate.
             * @member {Array.<number>} warmupAcceptanceRate
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.warmupAcceptanceRate = $util.emptyArray;

            /**
             * ChainTrace warmupStepSize.
             * @member {Array.<number>} warmupStepSize
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.warmupStepSize = $util.emptyArray;

            /**
             * ChainTrace probeMeanNll.
             * @member {number} probeMeanNll
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.probeMeanNll = 0;

            /**
             * ChainTrace probeMeanAccuracy.
             * @member {number} probeMeanAccuracy
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.probeMeanAccuracy = 0;

            /**
             * ChainTrace relabellings.
             * @member {Uint8Array} relabellings
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.relabellings = $util.newBuffer([]);

            /**
             * ChainTrace devices.
             * @member {Array.<basinet.v1.DeviceStretch.$Properties>} devices
             * @memberof basinet.v1.ChainTrace
             * @instance
             */
            ChainTrace.prototype.devices = $util.emptyArray;

            /**
             * Creates a new ChainTrace instance using the specified properties.
             * @function create
             * @memberof basinet.v1.ChainTrace
             * @static
             * @param {basinet.v1.ChainTrace.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.ChainTrace} ChainTrace instance
             * @type {{
             *   (properties: basinet.v1.ChainTrace.$Shape): basinet.v1.ChainTrace & basinet.v1.ChainTrace.$Shape;
             *   (properties?: basinet.v1.ChainTrace.$Properties): basinet.v1.ChainTrace;
             * }}
             */
            ChainTrace.create = function(properties) {
                return new ChainTrace(properties);
            };

            /**
             * Encodes the specified ChainTrace message. Does not implicitly {@link basinet.v1.ChainTrace.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.ChainTrace
             * @static
             * @param {basinet.v1.ChainTrace.$Properties} message ChainTrace message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            ChainTrace.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.chain != null && $Object.hasOwnProperty.call(message, "chain") && message.chain !== 0)
                    writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.chain);
                if (message.iteration != null && message.iteration.length)
                    writer.uint32(/* id 2, wireType 2 =*/18).uint64s(message.iteration);
                if (message.potentialEnergy != null && message.potentialEnergy.length)
                    writer.uint32(/* id 3, wireType 2 =*/26).doubles(message.potentialEnergy);
                if (message.energyError != null && message.energyError.length)
                    writer.uint32(/* id 4, wireType 2 =*/34).doubles(message.energyError);
                if (message.acceptanceRate != null && message.acceptanceRate.length)
                    writer.uint32(/* id 5, wireType 2 =*/42).doubles(message.acceptanceRate);
                if (message.divergent != null && message.divergent.length)
                    writer.uint32(/* id 6, wireType 2 =*/50).bools(message.divergent);
                if (message.distanceBefore != null && message.distanceBefore.length)
                    writer.uint32(/* id 7, wireType 2 =*/58).doubles(message.distanceBefore);
                if (message.distanceAfter != null && message.distanceAfter.length)
                    writer.uint32(/* id 8, wireType 2 =*/66).doubles(message.distanceAfter);
                if (message.transpositions != null && message.transpositions.length)
                    writer.uint32(/* id 9, wireType 2 =*/74).uint32s(message.transpositions);
                if (message.stepSize != null && message.stepSize.length)
                    writer.uint32(/* id 10, wireType 2 =*/82).doubles(message.stepSize);
                if (message.leapfrogSteps != null && message.leapfrogSteps.length)
                    writer.uint32(/* id 11, wireType 2 =*/90).uint32s(message.leapfrogSteps);
                if (message.kineticEnergy != null && message.kineticEnergy.length)
                    writer.uint32(/* id 12, wireType 2 =*/98).doubles(message.kineticEnergy);
                if (message.warmupIteration != null && message.warmupIteration.length)
                    writer.uint32(/* id 13, wireType 2 =*/106).uint64s(message.warmupIteration);
                if (message.warmupPotentialEnergy != null && message.warmupPotentialEnergy.length)
                    writer.uint32(/* id 14, wireType 2 =*/114).doubles(message.warmupPotentialEnergy);
                if (message.warmupAcceptanceRate != null && message.warmupAcceptanceRate.length)
                    writer.uint32(/* id 15, wireType 2 =*/122).doubles(message.warmupAcceptanceRate);
                if (message.warmupStepSize != null && message.warmupStepSize.length)
                    writer.uint32(/* id 16, wireType 2 =*/130).doubles(message.warmupStepSize);
                if (message.probeMeanNll != null && $Object.hasOwnProperty.call(message, "probeMeanNll") && !$Object.is(message.probeMeanNll, 0))
                    writer.uint32(/* id 17, wireType 1 =*/137).double(message.probeMeanNll);
                if (message.probeMeanAccuracy != null && $Object.hasOwnProperty.call(message, "probeMeanAccuracy") && !$Object.is(message.probeMeanAccuracy, 0))
                    writer.uint32(/* id 18, wireType 1 =*/145).double(message.probeMeanAccuracy);
                if (message.relabellings != null && $Object.hasOwnProperty.call(message, "relabellings") && message.relabellings.length)
                    writer.uint32(/* id 19, wireType 2 =*/154).bytes(message.relabellings);
                if (message.devices != null && message.devices.length)
                    for (let i = 0; i < message.devices.length; ++i)
                        $root.basinet.v1.DeviceStretch.encode(message.devices[i], writer.uint32(/* id 20, wireType 2 =*/162).fork(), _depth + 1).ldelim();
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a ChainTrace message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.ChainTrace
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.ChainTrace & basinet.v1.ChainTrace.$Shape} ChainTrace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            ChainTrace.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.ChainTrace();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (value = reader.uint32())
                                message.chain = value;
                            else
                                delete message.chain;
                            continue;
                        }
                    case 2: {
                            if (wireType === 2) {
                                if (!(message.iteration && message.iteration.length))
                                    message.iteration = [];
                                reader.uint64s(message.iteration);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.iteration && message.iteration.length))
                                message.iteration = [];
                            message.iteration.push(reader.uint64());
                            continue;
                        }
                    case 3: {
                            if (wireType === 2) {
                                if (!(message.potentialEnergy && message.potentialEnergy.length))
                                    message.potentialEnergy = [];
                                reader.doubles(message.potentialEnergy);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.potentialEnergy && message.potentialEnergy.length))
                                message.potentialEnergy = [];
                            message.potentialEnergy.push(reader.double());
                            continue;
                        }
                    case 4: {
                            if (wireType === 2) {
                                if (!(message.energyError && message.energyError.length))
                                    message.energyError = [];
                                reader.doubles(message.energyError);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.energyError && message.energyError.length))
                                message.energyError = [];
                            message.energyError.push(reader.double());
                            continue;
                        }
                    case 5: {
                            if (wireType === 2) {
                                if (!(message.acceptanceRate && message.acceptanceRate.length))
                                    message.acceptanceRate = [];
                                reader.doubles(message.acceptanceRate);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.acceptanceRate && message.acceptanceRate.length))
                                message.acceptanceRate = [];
                            message.acceptanceRate.push(reader.double());
                            continue;
                        }
                    case 6: {
                            if (wireType === 2) {
                                if (!(message.divergent && message.divergent.length))
                                    message.divergent = [];
                                reader.bools(message.divergent);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.divergent && message.divergent.length))
                                message.divergent = [];
                            message.divergent.push(reader.bool());
                            continue;
                        }
                    case 7: {
                            if (wireType === 2) {
                                if (!(message.distanceBefore && message.distanceBefore.length))
                                    message.distanceBefore = [];
                                reader.doubles(message.distanceBefore);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.distanceBefore && message.distanceBefore.length))
                                message.distanceBefore = [];
                            message.distanceBefore.push(reader.double());
                            continue;
                        }
                    case 8: {
                            if (wireType === 2) {
                                if (!(message.distanceAfter && message.distanceAfter.length))
                                    message.distanceAfter = [];
                                reader.doubles(message.distanceAfter);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.distanceAfter && message.distanceAfter.length))
                                message.distanceAfter = [];
                            message.distanceAfter.push(reader.double());
                            continue;
                        }
                    case 9: {
                            if (wireType === 2) {
                                if (!(message.transpositions && message.transpositions.length))
                                    message.transpositions = [];
                                reader.uint32s(message.transpositions);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.transpositions && message.transpositions.length))
                                message.transpositions = [];
                            message.transpositions.push(reader.uint32());
                            continue;
                        }
                    case 10: {
                            if (wireType === 2) {
                                if (!(message.stepSize && message.stepSize.length))
                                    message.stepSize = [];
                                reader.doubles(message.stepSize);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.stepSize && message.stepSize.length))
                                message.stepSize = [];
                            message.stepSize.push(reader.double());
                            continue;
                        }
                    case 11: {
                            if (wireType === 2) {
                                if (!(message.leapfrogSteps && message.leapfrogSteps.length))
                                    message.leapfrogSteps = [];
                                reader.uint32s(message.leapfrogSteps);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.leapfrogSteps && message.leapfrogSteps.length))
                                message.leapfrogSteps = [];
                            message.leapfrogSteps.push(reader.uint32());
                            continue;
                        }
                    case 12: {
                            if (wireType === 2) {
                                if (!(message.kineticEnergy && message.kineticEnergy.length))
                                    message.kineticEnergy = [];
                                reader.doubles(message.kineticEnergy);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.kineticEnergy && message.kineticEnergy.length))
                                message.kineticEnergy = [];
                            message.kineticEnergy.push(reader.double());
                            continue;
                        }
                    case 13: {
                            if (wireType === 2) {
                                if (!(message.warmupIteration && message.warmupIteration.length))
                                    message.warmupIteration = [];
                                reader.uint64s(message.warmupIteration);
                                continue;
                            }
                            if (wireType !== 0)
                                break;
                            if (!(message.warmupIteration && message.warmupIteration.length))
                                message.warmupIteration = [];
                            message.warmupIteration.push(reader.uint64());
                            continue;
                        }
                    case 14: {
                            if (wireType === 2) {
                                if (!(message.warmupPotentialEnergy && message.warmupPotentialEnergy.length))
                                    message.warmupPotentialEnergy = [];
                                reader.doubles(message.warmupPotentialEnergy);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.warmupPotentialEnergy && message.warmupPotentialEnergy.length))
                                message.warmupPotentialEnergy = [];
                            message.warmupPotentialEnergy.push(reader.double());
                            continue;
                        }
                    case 15: {
                            if (wireType === 2) {
                                if (!(message.warmupAcceptanceRate && message.warmupAcceptanceRate.length))
                                    message.warmupAcceptanceRate = [];
                                reader.doubles(message.warmupAcceptanceRate);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.warmupAcceptanceRate && message.warmupAcceptanceRate.length))
                                message.warmupAcceptanceRate = [];
                            message.warmupAcceptanceRate.push(reader.double());
                            continue;
                        }
                    case 16: {
                            if (wireType === 2) {
                                if (!(message.warmupStepSize && message.warmupStepSize.length))
                                    message.warmupStepSize = [];
                                reader.doubles(message.warmupStepSize);
                                continue;
                            }
                            if (wireType !== 1)
                                break;
                            if (!(message.warmupStepSize && message.warmupStepSize.length))
                                message.warmupStepSize = [];
                            message.warmupStepSize.push(reader.double());
                            continue;
                        }
                    case 17: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.probeMeanNll = value;
                            else
                                delete message.probeMeanNll;
                            continue;
                        }
                    case 18: {
                            if (wireType !== 1)
                                break;
                            if (!$Object.is(value = reader.double(), 0))
                                message.probeMeanAccuracy = value;
                            else
                                delete message.probeMeanAccuracy;
                            continue;
                        }
                    case 19: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.bytes()).length)
                                message.relabellings = value;
                            else
                                delete message.relabellings;
                            continue;
                        }
                    case 20: {
                            if (wireType !== 2)
                                break;
                            if (!(message.devices && message.devices.length))
                                message.devices = [];
                            message.devices.push($root.basinet.v1.DeviceStretch.decode(reader, reader.size(), $undefined, _depth + 1));
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for ChainTrace
             * @function getTypeUrl
             * @memberof basinet.v1.ChainTrace
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            ChainTrace.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.ChainTrace";
            };

            return ChainTrace;
        })();

        v1.DeviceStretch = (function() {

            /**
             * Properties of a DeviceStretch.
             * @typedef {Object} basinet.v1.DeviceStretch.$Properties
             * @property {number|null} [iteration] DeviceStretch iteration
             * @property {string|null} [deviceClass] DeviceStretch deviceClass
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a DeviceStretch.
             * @memberof basinet.v1
             * @interface IDeviceStretch
             * @augments basinet.v1.DeviceStretch.$Properties
             * @deprecated Use basinet.v1.DeviceStretch.$Properties instead.
             */

            /**
             * Shape of a DeviceStretch.
             * @typedef {basinet.v1.DeviceStretch.$Properties} basinet.v1.DeviceStretch.$Shape
             */

            /**
             * Constructs a new DeviceStretch.
             * @memberof basinet.v1
             * @classdesc Represents a DeviceStretch.
             * @constructor
             * @param {basinet.v1.DeviceStretch.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const DeviceStretch = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * DeviceStretch iteration.
             * @member {number} iteration
             * @memberof basinet.v1.DeviceStretch
             * @instance
             */
            DeviceStretch.prototype.iteration = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * DeviceStretch deviceClass.
             * @member {string} deviceClass
             * @memberof basinet.v1.DeviceStretch
             * @instance
             */
            DeviceStretch.prototype.deviceClass = "";

            /**
             * Creates a new DeviceStretch instance using the specified properties.
             * @function create
             * @memberof basinet.v1.DeviceStretch
             * @static
             * @param {basinet.v1.DeviceStretch.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.DeviceStretch} DeviceStretch instance
             * @type {{
             *   (properties: basinet.v1.DeviceStretch.$Shape): basinet.v1.DeviceStretch & basinet.v1.DeviceStretch.$Shape;
             *   (properties?: basinet.v1.DeviceStretch.$Properties): basinet.v1.DeviceStretch;
             * }}
             */
            DeviceStretch.create = function(properties) {
                return new DeviceStretch(properties);
            };

            /**
             * Encodes the specified DeviceStretch message. Does not implicitly {@link basinet.v1.DeviceStretch.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.DeviceStretch
             * @static
             * @param {basinet.v1.DeviceStretch.$Properties} message DeviceStretch message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            DeviceStretch.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.iteration != null && $Object.hasOwnProperty.call(message, "iteration") && (typeof message.iteration === "object" ? message.iteration.low || message.iteration.high : message.iteration !== 0))
                    writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.iteration);
                if (message.deviceClass != null && $Object.hasOwnProperty.call(message, "deviceClass") && message.deviceClass !== "")
                    writer.uint32(/* id 2, wireType 2 =*/18).string(message.deviceClass);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a DeviceStretch message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.DeviceStretch
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.DeviceStretch & basinet.v1.DeviceStretch.$Shape} DeviceStretch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            DeviceStretch.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.DeviceStretch();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.iteration = value;
                            else
                                delete message.iteration;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.deviceClass = value;
                            else
                                delete message.deviceClass;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for DeviceStretch
             * @function getTypeUrl
             * @memberof basinet.v1.DeviceStretch
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            DeviceStretch.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.DeviceStretch";
            };

            return DeviceStretch;
        })();

        v1.QuarantinedSlot = (function() {

            /**
             * Properties of a QuarantinedSlot.
             * @typedef {Object} basinet.v1.QuarantinedSlot.$Properties
             * @property {string|null} [subject] QuarantinedSlot subject
             * @property {number|null} [streamSequence] QuarantinedSlot streamSequence
             * @property {string|null} [reason] QuarantinedSlot reason
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */

            /**
             * Properties of a QuarantinedSlot.
             * @memberof basinet.v1
             * @interface IQuarantinedSlot
             * @augments basinet.v1.QuarantinedSlot.$Properties
             * @deprecated Use basinet.v1.QuarantinedSlot.$Properties instead.
             */

            /**
             * Shape of a QuarantinedSlot.
             * @typedef {basinet.v1.QuarantinedSlot.$Properties} basinet.v1.QuarantinedSlot.$Shape
             */

            /**
             * Constructs a new QuarantinedSlot.
             * @memberof basinet.v1
             * @classdesc Represents a QuarantinedSlot.
             * @constructor
             * @param {basinet.v1.QuarantinedSlot.$Properties=} [properties] Properties to set
             * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
             */
            const QuarantinedSlot = function (properties) {
                if (properties)
                    for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                        if (properties[keys[i]] != null && keys[i] !== "__proto__")
                            this[keys[i]] = properties[keys[i]];
            };

            /**
             * QuarantinedSlot subject.
             * @member {string} subject
             * @memberof basinet.v1.QuarantinedSlot
             * @instance
             */
            QuarantinedSlot.prototype.subject = "";

            /**
             * QuarantinedSlot streamSequence.
             * @member {number} streamSequence
             * @memberof basinet.v1.QuarantinedSlot
             * @instance
             */
            QuarantinedSlot.prototype.streamSequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

            /**
             * QuarantinedSlot reason.
             * @member {string} reason
             * @memberof basinet.v1.QuarantinedSlot
             * @instance
             */
            QuarantinedSlot.prototype.reason = "";

            /**
             * Creates a new QuarantinedSlot instance using the specified properties.
             * @function create
             * @memberof basinet.v1.QuarantinedSlot
             * @static
             * @param {basinet.v1.QuarantinedSlot.$Properties=} [properties] Properties to set
             * @returns {basinet.v1.QuarantinedSlot} QuarantinedSlot instance
             * @type {{
             *   (properties: basinet.v1.QuarantinedSlot.$Shape): basinet.v1.QuarantinedSlot & basinet.v1.QuarantinedSlot.$Shape;
             *   (properties?: basinet.v1.QuarantinedSlot.$Properties): basinet.v1.QuarantinedSlot;
             * }}
             */
            QuarantinedSlot.create = function(properties) {
                return new QuarantinedSlot(properties);
            };

            /**
             * Encodes the specified QuarantinedSlot message. Does not implicitly {@link basinet.v1.QuarantinedSlot.verify|verify} messages.
             * @function encode
             * @memberof basinet.v1.QuarantinedSlot
             * @static
             * @param {basinet.v1.QuarantinedSlot.$Properties} message QuarantinedSlot message or plain object to encode
             * @param {$protobuf.Writer} [writer] Writer to encode to
             * @returns {$protobuf.Writer} Writer
             */
            QuarantinedSlot.encode = function (message, writer, _depth) {
                if (!writer)
                    writer = $Writer.create();
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $util.recursionLimit)
                    throw $Error("max depth exceeded");
                if (message.subject != null && $Object.hasOwnProperty.call(message, "subject") && message.subject !== "")
                    writer.uint32(/* id 1, wireType 2 =*/10).string(message.subject);
                if (message.streamSequence != null && $Object.hasOwnProperty.call(message, "streamSequence") && (typeof message.streamSequence === "object" ? message.streamSequence.low || message.streamSequence.high : message.streamSequence !== 0))
                    writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.streamSequence);
                if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                    writer.uint32(/* id 3, wireType 2 =*/26).string(message.reason);
                if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                    for (let i = 0; i < message.$unknowns.length; ++i)
                        writer.raw(message.$unknowns[i]);
                return writer;
            };

            /**
             * Decodes a QuarantinedSlot message from the specified reader or buffer.
             * @function decode
             * @memberof basinet.v1.QuarantinedSlot
             * @static
             * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
             * @param {number} [length] Message length if known beforehand
             * @returns {basinet.v1.QuarantinedSlot & basinet.v1.QuarantinedSlot.$Shape} QuarantinedSlot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            QuarantinedSlot.decode = function (reader, length, _end, _depth, _target) {
                if (!(reader instanceof $Reader))
                    reader = $Reader.create(reader);
                if (_depth === $undefined)
                    _depth = 0;
                if (_depth > $Reader.recursionLimit)
                    throw $Error("max depth exceeded");
                let end, message, value;
                if (length === $undefined)
                    end = reader.len;
                else {
                    end = reader.pos + length;
                    if (end > reader.len)
                        throw $RangeError("index out of range");
                    length = reader.len;
                    reader.len = end;
                }
                message = _target || new $root.basinet.v1.QuarantinedSlot();
                while (reader.pos < end) {
                    let start = reader.pos;
                    let tag = reader.tag();
                    if (tag === _end) {
                        _end = $undefined;
                        break;
                    }
                    let wireType = tag & 7;
                    switch (tag >>>= 3) {
                    case 1: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.subject = value;
                            else
                                delete message.subject;
                            continue;
                        }
                    case 2: {
                            if (wireType !== 0)
                                break;
                            if (typeof (value = reader.uint64()) === "object" ? value.low || value.high : value !== 0)
                                message.streamSequence = value;
                            else
                                delete message.streamSequence;
                            continue;
                        }
                    case 3: {
                            if (wireType !== 2)
                                break;
                            if ((value = reader.stringVerify()).length)
                                message.reason = value;
                            else
                                delete message.reason;
                            continue;
                        }
                    }
                    reader.skipType(wireType, _depth, tag);
                    if (!reader.discardUnknown) {
                        $util.makeProp(message, "$unknowns", false);
                        (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                    }
                }
                if (length !== $undefined) {
                    if (reader.pos !== end)
                        throw $RangeError("index out of range");
                    reader.len = length;
                }
                if (_end !== $undefined)
                    throw $Error("missing end group");
                return message;
            };

            /**
             * Gets the type url for QuarantinedSlot
             * @function getTypeUrl
             * @memberof basinet.v1.QuarantinedSlot
             * @static
             * @param {string} [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns {string} The type url
             */
            QuarantinedSlot.getTypeUrl = function(prefix) {
                if (prefix === $undefined)
                    prefix = "type.googleapis.com";
                return prefix + "/basinet.v1.QuarantinedSlot";
            };

            return QuarantinedSlot;
        })();

        return v1;
    })();

    return basinet;
})();

export {
  $root as default
};
