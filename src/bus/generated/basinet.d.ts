import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace basinet. */
export namespace basinet {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a Slot.
         * @deprecated Use basinet.v1.Slot.$Properties instead.
         */
        interface ISlot extends basinet.v1.Slot.$Properties {
        }

        /** Represents a Slot. */
        class Slot {

            /**
             * Constructs a new Slot.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.Slot.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Slot epoch. */
            epoch: number;

            /** Slot previousHash. */
            previousHash: Uint8Array;

            /** Slot claim. */
            claim?: (basinet.v1.Claim.$Properties|null);

            /** Slot draws. */
            draws?: (basinet.v1.DrawBatch.$Properties|null);

            /** Slot manifest. */
            manifest?: (basinet.v1.Manifest.$Properties|null);

            /** Slot claimSlot. */
            claimSlot: number;

            /** Slot body. */
            body?: ("claim"|"draws"|"manifest");

            /**
             * Creates a new Slot instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Slot instance
             */
            static create(properties: basinet.v1.Slot.$Shape): basinet.v1.Slot & basinet.v1.Slot.$Shape;
            static create(properties?: basinet.v1.Slot.$Properties): basinet.v1.Slot;

            /**
             * Encodes the specified Slot message. Does not implicitly {@link basinet.v1.Slot.verify|verify} messages.
             * @param message Slot message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.Slot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Slot message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.Slot & basinet.v1.Slot.$Shape} Slot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.Slot & basinet.v1.Slot.$Shape;

            /**
             * Gets the type url for Slot
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Slot {

            /** Properties of a Slot. */
            interface $Properties {

                /** Slot epoch */
                epoch?: (number|null);

                /** Slot previousHash */
                previousHash?: (Uint8Array|null);

                /** Slot claim */
                claim?: (basinet.v1.Claim.$Properties|null);

                /** Slot draws */
                draws?: (basinet.v1.DrawBatch.$Properties|null);

                /** Slot manifest */
                manifest?: (basinet.v1.Manifest.$Properties|null);

                /** Slot claimSlot */
                claimSlot?: (number|null);

                /** Slot body */
                body?: ("claim"|"draws"|"manifest");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Slot. */
            type $Shape = {
              epoch?: number|null;
              previousHash?: Uint8Array|null;
              claim?: basinet.v1.Claim.$Shape|null;
              draws?: basinet.v1.DrawBatch.$Shape|null;
              manifest?: basinet.v1.Manifest.$Shape|null;
              claimSlot?: number|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; claim?: null; draws?: null; manifest?: null }|{ body?: "claim"; claim: basinet.v1.Claim.$Shape; draws?: null; manifest?: null }|{ body?: "draws"; claim?: null; draws: basinet.v1.DrawBatch.$Shape; manifest?: null }|{ body?: "manifest"; claim?: null; draws?: null; manifest: basinet.v1.Manifest.$Shape })
            );
        }

        /**
         * Properties of a Claim.
         * @deprecated Use basinet.v1.Claim.$Properties instead.
         */
        interface IClaim extends basinet.v1.Claim.$Properties {
        }

        /** Represents a Claim. */
        class Claim {

            /**
             * Constructs a new Claim.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.Claim.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Claim worker. */
            worker: string;

            /** Claim deviceClass. */
            deviceClass: string;

            /** Claim nonce. */
            nonce: Uint8Array;

            /**
             * Creates a new Claim instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Claim instance
             */
            static create(properties: basinet.v1.Claim.$Shape): basinet.v1.Claim & basinet.v1.Claim.$Shape;
            static create(properties?: basinet.v1.Claim.$Properties): basinet.v1.Claim;

            /**
             * Encodes the specified Claim message. Does not implicitly {@link basinet.v1.Claim.verify|verify} messages.
             * @param message Claim message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.Claim.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Claim message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.Claim & basinet.v1.Claim.$Shape} Claim
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.Claim & basinet.v1.Claim.$Shape;

            /**
             * Gets the type url for Claim
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Claim {

            /** Properties of a Claim. */
            interface $Properties {

                /** Claim worker */
                worker?: (string|null);

                /** Claim deviceClass */
                deviceClass?: (string|null);

                /** Claim nonce */
                nonce?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Claim. */
            type $Shape = basinet.v1.Claim.$Properties;
        }

        /**
         * Properties of a DrawBatch.
         * @deprecated Use basinet.v1.DrawBatch.$Properties instead.
         */
        interface IDrawBatch extends basinet.v1.DrawBatch.$Properties {
        }

        /** Represents a DrawBatch. */
        class DrawBatch {

            /**
             * Constructs a new DrawBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.DrawBatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DrawBatch draws. */
            draws: basinet.v1.Draw.$Properties[];

            /** DrawBatch adaptationSlot. */
            adaptationSlot: number;

            /**
             * Creates a new DrawBatch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DrawBatch instance
             */
            static create(properties: basinet.v1.DrawBatch.$Shape): basinet.v1.DrawBatch & basinet.v1.DrawBatch.$Shape;
            static create(properties?: basinet.v1.DrawBatch.$Properties): basinet.v1.DrawBatch;

            /**
             * Encodes the specified DrawBatch message. Does not implicitly {@link basinet.v1.DrawBatch.verify|verify} messages.
             * @param message DrawBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.DrawBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DrawBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.DrawBatch & basinet.v1.DrawBatch.$Shape} DrawBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.DrawBatch & basinet.v1.DrawBatch.$Shape;

            /**
             * Gets the type url for DrawBatch
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DrawBatch {

            /** Properties of a DrawBatch. */
            interface $Properties {

                /** DrawBatch draws */
                draws?: (basinet.v1.Draw.$Properties[]|null);

                /** DrawBatch adaptationSlot */
                adaptationSlot?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DrawBatch. */
            type $Shape = basinet.v1.DrawBatch.$Properties;
        }

        /**
         * Properties of a Manifest.
         * @deprecated Use basinet.v1.Manifest.$Properties instead.
         */
        interface IManifest extends basinet.v1.Manifest.$Properties {
        }

        /** Represents a Manifest. */
        class Manifest {

            /**
             * Constructs a new Manifest.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.Manifest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Manifest chunks. */
            chunks: Uint8Array[];

            /** Manifest size. */
            size: number;

            /**
             * Creates a new Manifest instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Manifest instance
             */
            static create(properties: basinet.v1.Manifest.$Shape): basinet.v1.Manifest & basinet.v1.Manifest.$Shape;
            static create(properties?: basinet.v1.Manifest.$Properties): basinet.v1.Manifest;

            /**
             * Encodes the specified Manifest message. Does not implicitly {@link basinet.v1.Manifest.verify|verify} messages.
             * @param message Manifest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.Manifest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Manifest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.Manifest & basinet.v1.Manifest.$Shape} Manifest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.Manifest & basinet.v1.Manifest.$Shape;

            /**
             * Gets the type url for Manifest
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Manifest {

            /** Properties of a Manifest. */
            interface $Properties {

                /** Manifest chunks */
                chunks?: (Uint8Array[]|null);

                /** Manifest size */
                size?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Manifest. */
            type $Shape = basinet.v1.Manifest.$Properties;
        }

        /** Phase enum. */
        enum Phase {

            /** PHASE_UNSPECIFIED value */
            PHASE_UNSPECIFIED = 0,

            /** PHASE_WARMUP value */
            PHASE_WARMUP = 1,

            /** PHASE_SAMPLING value */
            PHASE_SAMPLING = 2
        }

        /**
         * Properties of a Draw.
         * @deprecated Use basinet.v1.Draw.$Properties instead.
         */
        interface IDraw extends basinet.v1.Draw.$Properties {
        }

        /** Represents a Draw. */
        class Draw {

            /**
             * Constructs a new Draw.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.Draw.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Draw phase. */
            phase: basinet.v1.Phase;

            /** Draw iteration. */
            iteration: number;

            /** Draw position. */
            position: Uint8Array;

            /** Draw info. */
            info?: (basinet.v1.TransitionInfo.$Properties|null);

            /** Draw adaptation. */
            adaptation?: (basinet.v1.Adaptation.$Properties|null);

            /** Draw probeOutputs. */
            probeOutputs: Uint8Array;

            /** Draw kernel. */
            kernel?: (basinet.v1.KernelState.$Properties|null);

            /**
             * Creates a new Draw instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Draw instance
             */
            static create(properties: basinet.v1.Draw.$Shape): basinet.v1.Draw & basinet.v1.Draw.$Shape;
            static create(properties?: basinet.v1.Draw.$Properties): basinet.v1.Draw;

            /**
             * Encodes the specified Draw message. Does not implicitly {@link basinet.v1.Draw.verify|verify} messages.
             * @param message Draw message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.Draw.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Draw message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.Draw & basinet.v1.Draw.$Shape} Draw
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.Draw & basinet.v1.Draw.$Shape;

            /**
             * Gets the type url for Draw
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Draw {

            /** Properties of a Draw. */
            interface $Properties {

                /** Draw phase */
                phase?: (basinet.v1.Phase|null);

                /** Draw iteration */
                iteration?: (number|null);

                /** Draw position */
                position?: (Uint8Array|null);

                /** Draw info */
                info?: (basinet.v1.TransitionInfo.$Properties|null);

                /** Draw adaptation */
                adaptation?: (basinet.v1.Adaptation.$Properties|null);

                /** Draw probeOutputs */
                probeOutputs?: (Uint8Array|null);

                /** Draw kernel */
                kernel?: (basinet.v1.KernelState.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Draw. */
            type $Shape = basinet.v1.Draw.$Properties;
        }

        /**
         * Properties of a TransitionInfo.
         * @deprecated Use basinet.v1.TransitionInfo.$Properties instead.
         */
        interface ITransitionInfo extends basinet.v1.TransitionInfo.$Properties {
        }

        /** Represents a TransitionInfo. */
        class TransitionInfo {

            /**
             * Constructs a new TransitionInfo.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.TransitionInfo.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TransitionInfo potentialEnergy. */
            potentialEnergy: number;

            /** TransitionInfo kineticEnergy. */
            kineticEnergy: number;

            /** TransitionInfo energyError. */
            energyError: number;

            /** TransitionInfo acceptanceRate. */
            acceptanceRate: number;

            /** TransitionInfo accepted. */
            accepted: boolean;

            /** TransitionInfo divergent. */
            divergent: boolean;

            /** TransitionInfo stepSize. */
            stepSize: number;

            /** TransitionInfo leapfrogSteps. */
            leapfrogSteps: number;

            /** TransitionInfo priorEnergy. */
            priorEnergy: number;

            /** TransitionInfo likelihoodEnergy. */
            likelihoodEnergy: number;

            /** TransitionInfo totalGradients. */
            totalGradients: number;

            /** TransitionInfo totalDivergences. */
            totalDivergences: number;

            /** TransitionInfo meanAcceptanceRate. */
            meanAcceptanceRate: number;

            /**
             * Creates a new TransitionInfo instance using the specified properties.
             * @param [properties] Properties to set
             * @returns TransitionInfo instance
             */
            static create(properties: basinet.v1.TransitionInfo.$Shape): basinet.v1.TransitionInfo & basinet.v1.TransitionInfo.$Shape;
            static create(properties?: basinet.v1.TransitionInfo.$Properties): basinet.v1.TransitionInfo;

            /**
             * Encodes the specified TransitionInfo message. Does not implicitly {@link basinet.v1.TransitionInfo.verify|verify} messages.
             * @param message TransitionInfo message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.TransitionInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TransitionInfo message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.TransitionInfo & basinet.v1.TransitionInfo.$Shape} TransitionInfo
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.TransitionInfo & basinet.v1.TransitionInfo.$Shape;

            /**
             * Gets the type url for TransitionInfo
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace TransitionInfo {

            /** Properties of a TransitionInfo. */
            interface $Properties {

                /** TransitionInfo potentialEnergy */
                potentialEnergy?: (number|null);

                /** TransitionInfo kineticEnergy */
                kineticEnergy?: (number|null);

                /** TransitionInfo energyError */
                energyError?: (number|null);

                /** TransitionInfo acceptanceRate */
                acceptanceRate?: (number|null);

                /** TransitionInfo accepted */
                accepted?: (boolean|null);

                /** TransitionInfo divergent */
                divergent?: (boolean|null);

                /** TransitionInfo stepSize */
                stepSize?: (number|null);

                /** TransitionInfo leapfrogSteps */
                leapfrogSteps?: (number|null);

                /** TransitionInfo priorEnergy */
                priorEnergy?: (number|null);

                /** TransitionInfo likelihoodEnergy */
                likelihoodEnergy?: (number|null);

                /** TransitionInfo totalGradients */
                totalGradients?: (number|null);

                /** TransitionInfo totalDivergences */
                totalDivergences?: (number|null);

                /** TransitionInfo meanAcceptanceRate */
                meanAcceptanceRate?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TransitionInfo. */
            type $Shape = basinet.v1.TransitionInfo.$Properties;
        }

        /**
         * Properties of an Adaptation.
         * @deprecated Use basinet.v1.Adaptation.$Properties instead.
         */
        interface IAdaptation extends basinet.v1.Adaptation.$Properties {
        }

        /** Represents an Adaptation. */
        class Adaptation {

            /**
             * Constructs a new Adaptation.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.Adaptation.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Adaptation stepSize. */
            stepSize: number;

            /** Adaptation logStepSize. */
            logStepSize: number;

            /** Adaptation logStepSizeAverage. */
            logStepSizeAverage: number;

            /** Adaptation errorAverage. */
            errorAverage: number;

            /** Adaptation logStepSizeAnchor. */
            logStepSizeAnchor: number;

            /** Adaptation stepSizeUpdates. */
            stepSizeUpdates: number;

            /** Adaptation inverseMassMatrix. */
            inverseMassMatrix: Uint8Array;

            /** Adaptation windowCount. */
            windowCount: number;

            /** Adaptation windowMean. */
            windowMean: Uint8Array;

            /** Adaptation windowSumSquares. */
            windowSumSquares: Uint8Array;

            /**
             * Creates a new Adaptation instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Adaptation instance
             */
            static create(properties: basinet.v1.Adaptation.$Shape): basinet.v1.Adaptation & basinet.v1.Adaptation.$Shape;
            static create(properties?: basinet.v1.Adaptation.$Properties): basinet.v1.Adaptation;

            /**
             * Encodes the specified Adaptation message. Does not implicitly {@link basinet.v1.Adaptation.verify|verify} messages.
             * @param message Adaptation message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.Adaptation.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Adaptation message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.Adaptation & basinet.v1.Adaptation.$Shape} Adaptation
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.Adaptation & basinet.v1.Adaptation.$Shape;

            /**
             * Gets the type url for Adaptation
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Adaptation {

            /** Properties of an Adaptation. */
            interface $Properties {

                /** Adaptation stepSize */
                stepSize?: (number|null);

                /** Adaptation logStepSize */
                logStepSize?: (number|null);

                /** Adaptation logStepSizeAverage */
                logStepSizeAverage?: (number|null);

                /** Adaptation errorAverage */
                errorAverage?: (number|null);

                /** Adaptation logStepSizeAnchor */
                logStepSizeAnchor?: (number|null);

                /** Adaptation stepSizeUpdates */
                stepSizeUpdates?: (number|null);

                /** Adaptation inverseMassMatrix */
                inverseMassMatrix?: (Uint8Array|null);

                /** Adaptation windowCount */
                windowCount?: (number|null);

                /** Adaptation windowMean */
                windowMean?: (Uint8Array|null);

                /** Adaptation windowSumSquares */
                windowSumSquares?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Adaptation. */
            type $Shape = basinet.v1.Adaptation.$Properties;
        }

        /**
         * Properties of a KernelState.
         * @deprecated Use basinet.v1.KernelState.$Properties instead.
         */
        interface IKernelState extends basinet.v1.KernelState.$Properties {
        }

        /** Represents a KernelState. */
        class KernelState {

            /**
             * Constructs a new KernelState.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.KernelState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KernelState scalars. */
            scalars: basinet.v1.KernelScalar.$Properties[];

            /** KernelState arrays. */
            arrays: basinet.v1.KernelArray.$Properties[];

            /**
             * Creates a new KernelState instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KernelState instance
             */
            static create(properties: basinet.v1.KernelState.$Shape): basinet.v1.KernelState & basinet.v1.KernelState.$Shape;
            static create(properties?: basinet.v1.KernelState.$Properties): basinet.v1.KernelState;

            /**
             * Encodes the specified KernelState message. Does not implicitly {@link basinet.v1.KernelState.verify|verify} messages.
             * @param message KernelState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.KernelState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KernelState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.KernelState & basinet.v1.KernelState.$Shape} KernelState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.KernelState & basinet.v1.KernelState.$Shape;

            /**
             * Gets the type url for KernelState
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace KernelState {

            /** Properties of a KernelState. */
            interface $Properties {

                /** KernelState scalars */
                scalars?: (basinet.v1.KernelScalar.$Properties[]|null);

                /** KernelState arrays */
                arrays?: (basinet.v1.KernelArray.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KernelState. */
            type $Shape = basinet.v1.KernelState.$Properties;
        }

        /**
         * Properties of a KernelScalar.
         * @deprecated Use basinet.v1.KernelScalar.$Properties instead.
         */
        interface IKernelScalar extends basinet.v1.KernelScalar.$Properties {
        }

        /** Represents a KernelScalar. */
        class KernelScalar {

            /**
             * Constructs a new KernelScalar.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.KernelScalar.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KernelScalar name. */
            name: string;

            /** KernelScalar value. */
            value: number;

            /**
             * Creates a new KernelScalar instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KernelScalar instance
             */
            static create(properties: basinet.v1.KernelScalar.$Shape): basinet.v1.KernelScalar & basinet.v1.KernelScalar.$Shape;
            static create(properties?: basinet.v1.KernelScalar.$Properties): basinet.v1.KernelScalar;

            /**
             * Encodes the specified KernelScalar message. Does not implicitly {@link basinet.v1.KernelScalar.verify|verify} messages.
             * @param message KernelScalar message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.KernelScalar.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KernelScalar message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.KernelScalar & basinet.v1.KernelScalar.$Shape} KernelScalar
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.KernelScalar & basinet.v1.KernelScalar.$Shape;

            /**
             * Gets the type url for KernelScalar
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace KernelScalar {

            /** Properties of a KernelScalar. */
            interface $Properties {

                /** KernelScalar name */
                name?: (string|null);

                /** KernelScalar value */
                value?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KernelScalar. */
            type $Shape = basinet.v1.KernelScalar.$Properties;
        }

        /**
         * Properties of a KernelArray.
         * @deprecated Use basinet.v1.KernelArray.$Properties instead.
         */
        interface IKernelArray extends basinet.v1.KernelArray.$Properties {
        }

        /** Represents a KernelArray. */
        class KernelArray {

            /**
             * Constructs a new KernelArray.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.KernelArray.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** KernelArray name. */
            name: string;

            /** KernelArray float32. */
            float32: Uint8Array;

            /** KernelArray float64. */
            float64: Uint8Array;

            /**
             * Creates a new KernelArray instance using the specified properties.
             * @param [properties] Properties to set
             * @returns KernelArray instance
             */
            static create(properties: basinet.v1.KernelArray.$Shape): basinet.v1.KernelArray & basinet.v1.KernelArray.$Shape;
            static create(properties?: basinet.v1.KernelArray.$Properties): basinet.v1.KernelArray;

            /**
             * Encodes the specified KernelArray message. Does not implicitly {@link basinet.v1.KernelArray.verify|verify} messages.
             * @param message KernelArray message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.KernelArray.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a KernelArray message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.KernelArray & basinet.v1.KernelArray.$Shape} KernelArray
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.KernelArray & basinet.v1.KernelArray.$Shape;

            /**
             * Gets the type url for KernelArray
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace KernelArray {

            /** Properties of a KernelArray. */
            interface $Properties {

                /** KernelArray name */
                name?: (string|null);

                /** KernelArray float32 */
                float32?: (Uint8Array|null);

                /** KernelArray float64 */
                float64?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a KernelArray. */
            type $Shape = basinet.v1.KernelArray.$Properties;
        }

        /** JobState enum. */
        enum JobState {

            /** JOB_STATE_UNSPECIFIED value */
            JOB_STATE_UNSPECIFIED = 0,

            /** JOB_STATE_SUBMITTED value */
            JOB_STATE_SUBMITTED = 1,

            /** JOB_STATE_RUNNING value */
            JOB_STATE_RUNNING = 2,

            /** JOB_STATE_COMPLETED value */
            JOB_STATE_COMPLETED = 3,

            /** JOB_STATE_FAILED value */
            JOB_STATE_FAILED = 4,

            /** JOB_STATE_CANCELLED value */
            JOB_STATE_CANCELLED = 5
        }

        /**
         * Properties of a JobRecord.
         * @deprecated Use basinet.v1.JobRecord.$Properties instead.
         */
        interface IJobRecord extends basinet.v1.JobRecord.$Properties {
        }

        /** Represents a JobRecord. */
        class JobRecord {

            /**
             * Constructs a new JobRecord.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.JobRecord.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JobRecord id. */
            id: string;

            /** JobRecord jobJson. */
            jobJson: string;

            /** JobRecord dataHash. */
            dataHash: string;

            /** JobRecord state. */
            state: basinet.v1.JobState;

            /** JobRecord submittedAtMs. */
            submittedAtMs: number;

            /** JobRecord startedAtMs. */
            startedAtMs: number;

            /** JobRecord endedAtMs. */
            endedAtMs: number;

            /** JobRecord failure. */
            failure?: (basinet.v1.Failure.$Properties|null);

            /**
             * Creates a new JobRecord instance using the specified properties.
             * @param [properties] Properties to set
             * @returns JobRecord instance
             */
            static create(properties: basinet.v1.JobRecord.$Shape): basinet.v1.JobRecord & basinet.v1.JobRecord.$Shape;
            static create(properties?: basinet.v1.JobRecord.$Properties): basinet.v1.JobRecord;

            /**
             * Encodes the specified JobRecord message. Does not implicitly {@link basinet.v1.JobRecord.verify|verify} messages.
             * @param message JobRecord message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.JobRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JobRecord message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.JobRecord & basinet.v1.JobRecord.$Shape} JobRecord
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.JobRecord & basinet.v1.JobRecord.$Shape;

            /**
             * Gets the type url for JobRecord
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace JobRecord {

            /** Properties of a JobRecord. */
            interface $Properties {

                /** JobRecord id */
                id?: (string|null);

                /** JobRecord jobJson */
                jobJson?: (string|null);

                /** JobRecord dataHash */
                dataHash?: (string|null);

                /** JobRecord state */
                state?: (basinet.v1.JobState|null);

                /** JobRecord submittedAtMs */
                submittedAtMs?: (number|null);

                /** JobRecord startedAtMs */
                startedAtMs?: (number|null);

                /** JobRecord endedAtMs */
                endedAtMs?: (number|null);

                /** JobRecord failure */
                failure?: (basinet.v1.Failure.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JobRecord. */
            type $Shape = basinet.v1.JobRecord.$Properties;
        }

        /**
         * Properties of a ChainTask.
         * @deprecated Use basinet.v1.ChainTask.$Properties instead.
         */
        interface IChainTask extends basinet.v1.ChainTask.$Properties {
        }

        /** Represents a ChainTask. */
        class ChainTask {

            /**
             * Constructs a new ChainTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.ChainTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainTask job. */
            job: string;

            /** ChainTask chain. */
            chain: number;

            /** ChainTask partition. */
            partition: number;

            /**
             * Creates a new ChainTask instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ChainTask instance
             */
            static create(properties: basinet.v1.ChainTask.$Shape): basinet.v1.ChainTask & basinet.v1.ChainTask.$Shape;
            static create(properties?: basinet.v1.ChainTask.$Properties): basinet.v1.ChainTask;

            /**
             * Encodes the specified ChainTask message. Does not implicitly {@link basinet.v1.ChainTask.verify|verify} messages.
             * @param message ChainTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.ChainTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.ChainTask & basinet.v1.ChainTask.$Shape} ChainTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.ChainTask & basinet.v1.ChainTask.$Shape;

            /**
             * Gets the type url for ChainTask
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ChainTask {

            /** Properties of a ChainTask. */
            interface $Properties {

                /** ChainTask job */
                job?: (string|null);

                /** ChainTask chain */
                chain?: (number|null);

                /** ChainTask partition */
                partition?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainTask. */
            type $Shape = basinet.v1.ChainTask.$Properties;
        }

        /**
         * Properties of a Failure.
         * @deprecated Use basinet.v1.Failure.$Properties instead.
         */
        interface IFailure extends basinet.v1.Failure.$Properties {
        }

        /** Represents a Failure. */
        class Failure {

            /**
             * Constructs a new Failure.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.Failure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Failure code. */
            code: string;

            /** Failure message. */
            message: string;

            /** Failure path. */
            path: string;

            /** Failure remedy. */
            remedy: string;

            /** Failure chain. */
            chain: number;

            /**
             * Creates a new Failure instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Failure instance
             */
            static create(properties: basinet.v1.Failure.$Shape): basinet.v1.Failure & basinet.v1.Failure.$Shape;
            static create(properties?: basinet.v1.Failure.$Properties): basinet.v1.Failure;

            /**
             * Encodes the specified Failure message. Does not implicitly {@link basinet.v1.Failure.verify|verify} messages.
             * @param message Failure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.Failure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Failure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.Failure & basinet.v1.Failure.$Shape} Failure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.Failure & basinet.v1.Failure.$Shape;

            /**
             * Gets the type url for Failure
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Failure {

            /** Properties of a Failure. */
            interface $Properties {

                /** Failure code */
                code?: (string|null);

                /** Failure message */
                message?: (string|null);

                /** Failure path */
                path?: (string|null);

                /** Failure remedy */
                remedy?: (string|null);

                /** Failure chain */
                chain?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Failure. */
            type $Shape = basinet.v1.Failure.$Properties;
        }

        /**
         * Properties of a ChainFailures.
         * @deprecated Use basinet.v1.ChainFailures.$Properties instead.
         */
        interface IChainFailures extends basinet.v1.ChainFailures.$Properties {
        }

        /** Represents a ChainFailures. */
        class ChainFailures {

            /**
             * Constructs a new ChainFailures.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.ChainFailures.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainFailures attempts. */
            attempts: number;

            /** ChainFailures failure. */
            failure?: (basinet.v1.Failure.$Properties|null);

            /** ChainFailures worker. */
            worker: string;

            /** ChainFailures failedAtMs. */
            failedAtMs: number;

            /**
             * Creates a new ChainFailures instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ChainFailures instance
             */
            static create(properties: basinet.v1.ChainFailures.$Shape): basinet.v1.ChainFailures & basinet.v1.ChainFailures.$Shape;
            static create(properties?: basinet.v1.ChainFailures.$Properties): basinet.v1.ChainFailures;

            /**
             * Encodes the specified ChainFailures message. Does not implicitly {@link basinet.v1.ChainFailures.verify|verify} messages.
             * @param message ChainFailures message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.ChainFailures.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainFailures message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.ChainFailures & basinet.v1.ChainFailures.$Shape} ChainFailures
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.ChainFailures & basinet.v1.ChainFailures.$Shape;

            /**
             * Gets the type url for ChainFailures
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ChainFailures {

            /** Properties of a ChainFailures. */
            interface $Properties {

                /** ChainFailures attempts */
                attempts?: (number|null);

                /** ChainFailures failure */
                failure?: (basinet.v1.Failure.$Properties|null);

                /** ChainFailures worker */
                worker?: (string|null);

                /** ChainFailures failedAtMs */
                failedAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainFailures. */
            type $Shape = basinet.v1.ChainFailures.$Properties;
        }

        /**
         * Properties of a WorkerAnnouncement.
         * @deprecated Use basinet.v1.WorkerAnnouncement.$Properties instead.
         */
        interface IWorkerAnnouncement extends basinet.v1.WorkerAnnouncement.$Properties {
        }

        /** Represents a WorkerAnnouncement. */
        class WorkerAnnouncement {

            /**
             * Constructs a new WorkerAnnouncement.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.WorkerAnnouncement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WorkerAnnouncement name. */
            name: string;

            /** WorkerAnnouncement host. */
            host: string;

            /** WorkerAnnouncement resourceClass. */
            resourceClass: string;

            /** WorkerAnnouncement slots. */
            slots: number;

            /** WorkerAnnouncement chains. */
            chains: number;

            /** WorkerAnnouncement engines. */
            engines: string[];

            /** WorkerAnnouncement deviceClasses. */
            deviceClasses: string[];

            /** WorkerAnnouncement cores. */
            cores: number;

            /** WorkerAnnouncement memoryBytes. */
            memoryBytes: number;

            /** WorkerAnnouncement gpus. */
            gpus: basinet.v1.GpuAnnouncement.$Properties[];

            /** WorkerAnnouncement version. */
            version: string;

            /** WorkerAnnouncement startedAtMs. */
            startedAtMs: number;

            /**
             * Creates a new WorkerAnnouncement instance using the specified properties.
             * @param [properties] Properties to set
             * @returns WorkerAnnouncement instance
             */
            static create(properties: basinet.v1.WorkerAnnouncement.$Shape): basinet.v1.WorkerAnnouncement & basinet.v1.WorkerAnnouncement.$Shape;
            static create(properties?: basinet.v1.WorkerAnnouncement.$Properties): basinet.v1.WorkerAnnouncement;

            /**
             * Encodes the specified WorkerAnnouncement message. Does not implicitly {@link basinet.v1.WorkerAnnouncement.verify|verify} messages.
             * @param message WorkerAnnouncement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.WorkerAnnouncement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WorkerAnnouncement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.WorkerAnnouncement & basinet.v1.WorkerAnnouncement.$Shape} WorkerAnnouncement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.WorkerAnnouncement & basinet.v1.WorkerAnnouncement.$Shape;

            /**
             * Gets the type url for WorkerAnnouncement
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace WorkerAnnouncement {

            /** Properties of a WorkerAnnouncement. */
            interface $Properties {

                /** WorkerAnnouncement name */
                name?: (string|null);

                /** WorkerAnnouncement host */
                host?: (string|null);

                /** WorkerAnnouncement resourceClass */
                resourceClass?: (string|null);

                /** WorkerAnnouncement slots */
                slots?: (number|null);

                /** WorkerAnnouncement chains */
                chains?: (number|null);

                /** WorkerAnnouncement engines */
                engines?: (string[]|null);

                /** WorkerAnnouncement deviceClasses */
                deviceClasses?: (string[]|null);

                /** WorkerAnnouncement cores */
                cores?: (number|null);

                /** WorkerAnnouncement memoryBytes */
                memoryBytes?: (number|null);

                /** WorkerAnnouncement gpus */
                gpus?: (basinet.v1.GpuAnnouncement.$Properties[]|null);

                /** WorkerAnnouncement version */
                version?: (string|null);

                /** WorkerAnnouncement startedAtMs */
                startedAtMs?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WorkerAnnouncement. */
            type $Shape = basinet.v1.WorkerAnnouncement.$Properties;
        }

        /**
         * Properties of a GpuAnnouncement.
         * @deprecated Use basinet.v1.GpuAnnouncement.$Properties instead.
         */
        interface IGpuAnnouncement extends basinet.v1.GpuAnnouncement.$Properties {
        }

        /** Represents a GpuAnnouncement. */
        class GpuAnnouncement {

            /**
             * Constructs a new GpuAnnouncement.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.GpuAnnouncement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GpuAnnouncement name. */
            name: string;

            /** GpuAnnouncement memoryBytes. */
            memoryBytes: number;

            /** GpuAnnouncement driver. */
            driver: string;

            /**
             * Creates a new GpuAnnouncement instance using the specified properties.
             * @param [properties] Properties to set
             * @returns GpuAnnouncement instance
             */
            static create(properties: basinet.v1.GpuAnnouncement.$Shape): basinet.v1.GpuAnnouncement & basinet.v1.GpuAnnouncement.$Shape;
            static create(properties?: basinet.v1.GpuAnnouncement.$Properties): basinet.v1.GpuAnnouncement;

            /**
             * Encodes the specified GpuAnnouncement message. Does not implicitly {@link basinet.v1.GpuAnnouncement.verify|verify} messages.
             * @param message GpuAnnouncement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.GpuAnnouncement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GpuAnnouncement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.GpuAnnouncement & basinet.v1.GpuAnnouncement.$Shape} GpuAnnouncement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.GpuAnnouncement & basinet.v1.GpuAnnouncement.$Shape;

            /**
             * Gets the type url for GpuAnnouncement
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace GpuAnnouncement {

            /** Properties of a GpuAnnouncement. */
            interface $Properties {

                /** GpuAnnouncement name */
                name?: (string|null);

                /** GpuAnnouncement memoryBytes */
                memoryBytes?: (number|null);

                /** GpuAnnouncement driver */
                driver?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GpuAnnouncement. */
            type $Shape = basinet.v1.GpuAnnouncement.$Properties;
        }

        /**
         * Properties of an ObjectPointer.
         * @deprecated Use basinet.v1.ObjectPointer.$Properties instead.
         */
        interface IObjectPointer extends basinet.v1.ObjectPointer.$Properties {
        }

        /** Represents an ObjectPointer. */
        class ObjectPointer {

            /**
             * Constructs a new ObjectPointer.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.ObjectPointer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ObjectPointer object. */
            object: string;

            /** ObjectPointer size. */
            size: number;

            /** ObjectPointer sha256. */
            sha256: Uint8Array;

            /**
             * Creates a new ObjectPointer instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ObjectPointer instance
             */
            static create(properties: basinet.v1.ObjectPointer.$Shape): basinet.v1.ObjectPointer & basinet.v1.ObjectPointer.$Shape;
            static create(properties?: basinet.v1.ObjectPointer.$Properties): basinet.v1.ObjectPointer;

            /**
             * Encodes the specified ObjectPointer message. Does not implicitly {@link basinet.v1.ObjectPointer.verify|verify} messages.
             * @param message ObjectPointer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.ObjectPointer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ObjectPointer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.ObjectPointer & basinet.v1.ObjectPointer.$Shape} ObjectPointer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.ObjectPointer & basinet.v1.ObjectPointer.$Shape;

            /**
             * Gets the type url for ObjectPointer
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ObjectPointer {

            /** Properties of an ObjectPointer. */
            interface $Properties {

                /** ObjectPointer object */
                object?: (string|null);

                /** ObjectPointer size */
                size?: (number|null);

                /** ObjectPointer sha256 */
                sha256?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ObjectPointer. */
            type $Shape = basinet.v1.ObjectPointer.$Properties;
        }

        /**
         * Properties of a ChainStatus.
         * @deprecated Use basinet.v1.ChainStatus.$Properties instead.
         */
        interface IChainStatus extends basinet.v1.ChainStatus.$Properties {
        }

        /** Represents a ChainStatus. */
        class ChainStatus {

            /**
             * Constructs a new ChainStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.ChainStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainStatus chain. */
            chain: number;

            /** ChainStatus worker. */
            worker: string;

            /** ChainStatus epoch. */
            epoch: number;

            /** ChainStatus activity. */
            activity: string;

            /** ChainStatus iteration. */
            iteration: number;

            /** ChainStatus drawsDone. */
            drawsDone: number;

            /** ChainStatus drawsWanted. */
            drawsWanted: number;

            /** ChainStatus acceptanceRate. */
            acceptanceRate: number;

            /** ChainStatus stepSize. */
            stepSize: number;

            /** ChainStatus divergences. */
            divergences: number;

            /** ChainStatus gradientsPerSecond. */
            gradientsPerSecond: number;

            /** ChainStatus etaSeconds. */
            etaSeconds: number;

            /** ChainStatus totalGradients. */
            totalGradients: number;

            /** ChainStatus warmupIterations. */
            warmupIterations: number;

            /** ChainStatus wantedIterations. */
            wantedIterations: number;

            /** ChainStatus failure. */
            failure?: (basinet.v1.Failure.$Properties|null);

            /** ChainStatus deviceClass. */
            deviceClass: string;

            /**
             * Creates a new ChainStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ChainStatus instance
             */
            static create(properties: basinet.v1.ChainStatus.$Shape): basinet.v1.ChainStatus & basinet.v1.ChainStatus.$Shape;
            static create(properties?: basinet.v1.ChainStatus.$Properties): basinet.v1.ChainStatus;

            /**
             * Encodes the specified ChainStatus message. Does not implicitly {@link basinet.v1.ChainStatus.verify|verify} messages.
             * @param message ChainStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.ChainStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.ChainStatus & basinet.v1.ChainStatus.$Shape} ChainStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.ChainStatus & basinet.v1.ChainStatus.$Shape;

            /**
             * Gets the type url for ChainStatus
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ChainStatus {

            /** Properties of a ChainStatus. */
            interface $Properties {

                /** ChainStatus chain */
                chain?: (number|null);

                /** ChainStatus worker */
                worker?: (string|null);

                /** ChainStatus epoch */
                epoch?: (number|null);

                /** ChainStatus activity */
                activity?: (string|null);

                /** ChainStatus iteration */
                iteration?: (number|null);

                /** ChainStatus drawsDone */
                drawsDone?: (number|null);

                /** ChainStatus drawsWanted */
                drawsWanted?: (number|null);

                /** ChainStatus acceptanceRate */
                acceptanceRate?: (number|null);

                /** ChainStatus stepSize */
                stepSize?: (number|null);

                /** ChainStatus divergences */
                divergences?: (number|null);

                /** ChainStatus gradientsPerSecond */
                gradientsPerSecond?: (number|null);

                /** ChainStatus etaSeconds */
                etaSeconds?: (number|null);

                /** ChainStatus totalGradients */
                totalGradients?: (number|null);

                /** ChainStatus warmupIterations */
                warmupIterations?: (number|null);

                /** ChainStatus wantedIterations */
                wantedIterations?: (number|null);

                /** ChainStatus failure */
                failure?: (basinet.v1.Failure.$Properties|null);

                /** ChainStatus deviceClass */
                deviceClass?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainStatus. */
            type $Shape = basinet.v1.ChainStatus.$Properties;
        }

        /**
         * Properties of a PartitionStatus.
         * @deprecated Use basinet.v1.PartitionStatus.$Properties instead.
         */
        interface IPartitionStatus extends basinet.v1.PartitionStatus.$Properties {
        }

        /** Represents a PartitionStatus. */
        class PartitionStatus {

            /**
             * Constructs a new PartitionStatus.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.PartitionStatus.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PartitionStatus partition. */
            partition: number;

            /** PartitionStatus drawsFolded. */
            drawsFolded: number;

            /** PartitionStatus slotsQuarantined. */
            slotsQuarantined: number;

            /** PartitionStatus streamSequence. */
            streamSequence: number;

            /** PartitionStatus drawsPerSecond. */
            drawsPerSecond: number;

            /** PartitionStatus rhatRawMax. */
            rhatRawMax: number;

            /** PartitionStatus rhatRawMedian. */
            rhatRawMedian: number;

            /** PartitionStatus rhatAlignedMax. */
            rhatAlignedMax: number;

            /** PartitionStatus rhatAlignedMedian. */
            rhatAlignedMedian: number;

            /** PartitionStatus probeAccuracy. */
            probeAccuracy: number;

            /** PartitionStatus probeNll. */
            probeNll: number;

            /** PartitionStatus probeCalibrationError. */
            probeCalibrationError: number;

            /** PartitionStatus probeRhatMax. */
            probeRhatMax: number;

            /** PartitionStatus probeRmse. */
            probeRmse: number;

            /** PartitionStatus finished. */
            finished: boolean;

            /** PartitionStatus chains. */
            chains: basinet.v1.ChainProgress.$Properties[];

            /** PartitionStatus referenceVersion. */
            referenceVersion: number;

            /** PartitionStatus nestedRhatRawMax. */
            nestedRhatRawMax: number;

            /** PartitionStatus nestedRhatAlignedMax. */
            nestedRhatAlignedMax: number;

            /**
             * Creates a new PartitionStatus instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PartitionStatus instance
             */
            static create(properties: basinet.v1.PartitionStatus.$Shape): basinet.v1.PartitionStatus & basinet.v1.PartitionStatus.$Shape;
            static create(properties?: basinet.v1.PartitionStatus.$Properties): basinet.v1.PartitionStatus;

            /**
             * Encodes the specified PartitionStatus message. Does not implicitly {@link basinet.v1.PartitionStatus.verify|verify} messages.
             * @param message PartitionStatus message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.PartitionStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionStatus message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.PartitionStatus & basinet.v1.PartitionStatus.$Shape} PartitionStatus
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.PartitionStatus & basinet.v1.PartitionStatus.$Shape;

            /**
             * Gets the type url for PartitionStatus
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PartitionStatus {

            /** Properties of a PartitionStatus. */
            interface $Properties {

                /** PartitionStatus partition */
                partition?: (number|null);

                /** PartitionStatus drawsFolded */
                drawsFolded?: (number|null);

                /** PartitionStatus slotsQuarantined */
                slotsQuarantined?: (number|null);

                /** PartitionStatus streamSequence */
                streamSequence?: (number|null);

                /** PartitionStatus drawsPerSecond */
                drawsPerSecond?: (number|null);

                /** PartitionStatus rhatRawMax */
                rhatRawMax?: (number|null);

                /** PartitionStatus rhatRawMedian */
                rhatRawMedian?: (number|null);

                /** PartitionStatus rhatAlignedMax */
                rhatAlignedMax?: (number|null);

                /** PartitionStatus rhatAlignedMedian */
                rhatAlignedMedian?: (number|null);

                /** PartitionStatus probeAccuracy */
                probeAccuracy?: (number|null);

                /** PartitionStatus probeNll */
                probeNll?: (number|null);

                /** PartitionStatus probeCalibrationError */
                probeCalibrationError?: (number|null);

                /** PartitionStatus probeRhatMax */
                probeRhatMax?: (number|null);

                /** PartitionStatus probeRmse */
                probeRmse?: (number|null);

                /** PartitionStatus finished */
                finished?: (boolean|null);

                /** PartitionStatus chains */
                chains?: (basinet.v1.ChainProgress.$Properties[]|null);

                /** PartitionStatus referenceVersion */
                referenceVersion?: (number|null);

                /** PartitionStatus nestedRhatRawMax */
                nestedRhatRawMax?: (number|null);

                /** PartitionStatus nestedRhatAlignedMax */
                nestedRhatAlignedMax?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PartitionStatus. */
            type $Shape = basinet.v1.PartitionStatus.$Properties;
        }

        /**
         * Properties of a ChainProgress.
         * @deprecated Use basinet.v1.ChainProgress.$Properties instead.
         */
        interface IChainProgress extends basinet.v1.ChainProgress.$Properties {
        }

        /** Represents a ChainProgress. */
        class ChainProgress {

            /**
             * Constructs a new ChainProgress.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.ChainProgress.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainProgress chain. */
            chain: number;

            /** ChainProgress iteration. */
            iteration: number;

            /** ChainProgress draws. */
            draws: number;

            /** ChainProgress epoch. */
            epoch: number;

            /** ChainProgress finished. */
            finished: boolean;

            /** ChainProgress firstQuarantined. */
            firstQuarantined?: (basinet.v1.QuarantinedSlot.$Properties|null);

            /** ChainProgress judgedSequence. */
            judgedSequence: number;

            /** ChainProgress judgedIteration. */
            judgedIteration: number;

            /**
             * Creates a new ChainProgress instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ChainProgress instance
             */
            static create(properties: basinet.v1.ChainProgress.$Shape): basinet.v1.ChainProgress & basinet.v1.ChainProgress.$Shape;
            static create(properties?: basinet.v1.ChainProgress.$Properties): basinet.v1.ChainProgress;

            /**
             * Encodes the specified ChainProgress message. Does not implicitly {@link basinet.v1.ChainProgress.verify|verify} messages.
             * @param message ChainProgress message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.ChainProgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainProgress message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.ChainProgress & basinet.v1.ChainProgress.$Shape} ChainProgress
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.ChainProgress & basinet.v1.ChainProgress.$Shape;

            /**
             * Gets the type url for ChainProgress
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ChainProgress {

            /** Properties of a ChainProgress. */
            interface $Properties {

                /** ChainProgress chain */
                chain?: (number|null);

                /** ChainProgress iteration */
                iteration?: (number|null);

                /** ChainProgress draws */
                draws?: (number|null);

                /** ChainProgress epoch */
                epoch?: (number|null);

                /** ChainProgress finished */
                finished?: (boolean|null);

                /** ChainProgress firstQuarantined */
                firstQuarantined?: (basinet.v1.QuarantinedSlot.$Properties|null);

                /** ChainProgress judgedSequence */
                judgedSequence?: (number|null);

                /** ChainProgress judgedIteration */
                judgedIteration?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainProgress. */
            type $Shape = basinet.v1.ChainProgress.$Properties;
        }

        /**
         * Properties of a PartitionStatistics.
         * @deprecated Use basinet.v1.PartitionStatistics.$Properties instead.
         */
        interface IPartitionStatistics extends basinet.v1.PartitionStatistics.$Properties {
        }

        /** Represents a PartitionStatistics. */
        class PartitionStatistics {

            /**
             * Constructs a new PartitionStatistics.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.PartitionStatistics.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PartitionStatistics partition. */
            partition: number;

            /** PartitionStatistics chains. */
            chains: number[];

            /** PartitionStatistics raw. */
            raw?: (basinet.v1.MergedMoments.$Properties|null);

            /** PartitionStatistics aligned. */
            aligned?: (basinet.v1.MergedMoments.$Properties|null);

            /** PartitionStatistics probe. */
            probe?: (basinet.v1.MergedMoments.$Properties|null);

            /** PartitionStatistics reference. */
            reference: Uint8Array;

            /** PartitionStatistics referenceVersion. */
            referenceVersion: number;

            /** PartitionStatistics traces. */
            traces: basinet.v1.ChainTrace.$Properties[];

            /** PartitionStatistics quarantined. */
            quarantined: basinet.v1.QuarantinedSlot.$Properties[];

            /** PartitionStatistics slotsQuarantined. */
            slotsQuarantined: number;

            /** PartitionStatistics control. */
            control?: (basinet.v1.MergedMoments.$Properties|null);

            /** PartitionStatistics histograms. */
            histograms?: (basinet.v1.Histograms.$Properties|null);

            /** PartitionStatistics lowRank. */
            lowRank?: (basinet.v1.LowRankCovariance.$Properties|null);

            /**
             * Creates a new PartitionStatistics instance using the specified properties.
             * @param [properties] Properties to set
             * @returns PartitionStatistics instance
             */
            static create(properties: basinet.v1.PartitionStatistics.$Shape): basinet.v1.PartitionStatistics & basinet.v1.PartitionStatistics.$Shape;
            static create(properties?: basinet.v1.PartitionStatistics.$Properties): basinet.v1.PartitionStatistics;

            /**
             * Encodes the specified PartitionStatistics message. Does not implicitly {@link basinet.v1.PartitionStatistics.verify|verify} messages.
             * @param message PartitionStatistics message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.PartitionStatistics.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PartitionStatistics message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.PartitionStatistics & basinet.v1.PartitionStatistics.$Shape} PartitionStatistics
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.PartitionStatistics & basinet.v1.PartitionStatistics.$Shape;

            /**
             * Gets the type url for PartitionStatistics
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace PartitionStatistics {

            /** Properties of a PartitionStatistics. */
            interface $Properties {

                /** PartitionStatistics partition */
                partition?: (number|null);

                /** PartitionStatistics chains */
                chains?: (number[]|null);

                /** PartitionStatistics raw */
                raw?: (basinet.v1.MergedMoments.$Properties|null);

                /** PartitionStatistics aligned */
                aligned?: (basinet.v1.MergedMoments.$Properties|null);

                /** PartitionStatistics probe */
                probe?: (basinet.v1.MergedMoments.$Properties|null);

                /** PartitionStatistics reference */
                reference?: (Uint8Array|null);

                /** PartitionStatistics referenceVersion */
                referenceVersion?: (number|null);

                /** PartitionStatistics traces */
                traces?: (basinet.v1.ChainTrace.$Properties[]|null);

                /** PartitionStatistics quarantined */
                quarantined?: (basinet.v1.QuarantinedSlot.$Properties[]|null);

                /** PartitionStatistics slotsQuarantined */
                slotsQuarantined?: (number|null);

                /** PartitionStatistics control */
                control?: (basinet.v1.MergedMoments.$Properties|null);

                /** PartitionStatistics histograms */
                histograms?: (basinet.v1.Histograms.$Properties|null);

                /** PartitionStatistics lowRank */
                lowRank?: (basinet.v1.LowRankCovariance.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PartitionStatistics. */
            type $Shape = basinet.v1.PartitionStatistics.$Properties;
        }

        /**
         * Properties of a Histograms.
         * @deprecated Use basinet.v1.Histograms.$Properties instead.
         */
        interface IHistograms extends basinet.v1.Histograms.$Properties {
        }

        /** Represents a Histograms. */
        class Histograms {

            /**
             * Constructs a new Histograms.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.Histograms.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Histograms size. */
            size: number;

            /** Histograms count. */
            count: number;

            /** Histograms bins. */
            bins: number;

            /** Histograms exponent. */
            exponent: Uint8Array;

            /** Histograms low. */
            low: Uint8Array;

            /** Histograms high. */
            high: Uint8Array;

            /** Histograms counts. */
            counts: Uint8Array;

            /**
             * Creates a new Histograms instance using the specified properties.
             * @param [properties] Properties to set
             * @returns Histograms instance
             */
            static create(properties: basinet.v1.Histograms.$Shape): basinet.v1.Histograms & basinet.v1.Histograms.$Shape;
            static create(properties?: basinet.v1.Histograms.$Properties): basinet.v1.Histograms;

            /**
             * Encodes the specified Histograms message. Does not implicitly {@link basinet.v1.Histograms.verify|verify} messages.
             * @param message Histograms message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.Histograms.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Histograms message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.Histograms & basinet.v1.Histograms.$Shape} Histograms
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.Histograms & basinet.v1.Histograms.$Shape;

            /**
             * Gets the type url for Histograms
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace Histograms {

            /** Properties of a Histograms. */
            interface $Properties {

                /** Histograms size */
                size?: (number|null);

                /** Histograms count */
                count?: (number|null);

                /** Histograms bins */
                bins?: (number|null);

                /** Histograms exponent */
                exponent?: (Uint8Array|null);

                /** Histograms low */
                low?: (Uint8Array|null);

                /** Histograms high */
                high?: (Uint8Array|null);

                /** Histograms counts */
                counts?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Histograms. */
            type $Shape = basinet.v1.Histograms.$Properties;
        }

        /**
         * Properties of a LowRankCovariance.
         * @deprecated Use basinet.v1.LowRankCovariance.$Properties instead.
         */
        interface ILowRankCovariance extends basinet.v1.LowRankCovariance.$Properties {
        }

        /** Represents a LowRankCovariance. */
        class LowRankCovariance {

            /**
             * Constructs a new LowRankCovariance.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.LowRankCovariance.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LowRankCovariance size. */
            size: number;

            /** LowRankCovariance count. */
            count: number;

            /** LowRankCovariance rank. */
            rank: number;

            /** LowRankCovariance mean. */
            mean: Uint8Array;

            /** LowRankCovariance rows. */
            rows: Uint8Array;

            /** LowRankCovariance dropped. */
            dropped: number;

            /**
             * Creates a new LowRankCovariance instance using the specified properties.
             * @param [properties] Properties to set
             * @returns LowRankCovariance instance
             */
            static create(properties: basinet.v1.LowRankCovariance.$Shape): basinet.v1.LowRankCovariance & basinet.v1.LowRankCovariance.$Shape;
            static create(properties?: basinet.v1.LowRankCovariance.$Properties): basinet.v1.LowRankCovariance;

            /**
             * Encodes the specified LowRankCovariance message. Does not implicitly {@link basinet.v1.LowRankCovariance.verify|verify} messages.
             * @param message LowRankCovariance message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.LowRankCovariance.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LowRankCovariance message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.LowRankCovariance & basinet.v1.LowRankCovariance.$Shape} LowRankCovariance
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.LowRankCovariance & basinet.v1.LowRankCovariance.$Shape;

            /**
             * Gets the type url for LowRankCovariance
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace LowRankCovariance {

            /** Properties of a LowRankCovariance. */
            interface $Properties {

                /** LowRankCovariance size */
                size?: (number|null);

                /** LowRankCovariance count */
                count?: (number|null);

                /** LowRankCovariance rank */
                rank?: (number|null);

                /** LowRankCovariance mean */
                mean?: (Uint8Array|null);

                /** LowRankCovariance rows */
                rows?: (Uint8Array|null);

                /** LowRankCovariance dropped */
                dropped?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LowRankCovariance. */
            type $Shape = basinet.v1.LowRankCovariance.$Properties;
        }

        /**
         * Properties of a MergedMoments.
         * @deprecated Use basinet.v1.MergedMoments.$Properties instead.
         */
        interface IMergedMoments extends basinet.v1.MergedMoments.$Properties {
        }

        /** Represents a MergedMoments. */
        class MergedMoments {

            /**
             * Constructs a new MergedMoments.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.MergedMoments.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MergedMoments size. */
            size: number;

            /** MergedMoments count. */
            count: number;

            /** MergedMoments mean. */
            mean: Uint8Array;

            /** MergedMoments sumSquares. */
            sumSquares: Uint8Array;

            /** MergedMoments halves. */
            halves: number;

            /** MergedMoments halfDraws. */
            halfDraws: number;

            /** MergedMoments halfMean. */
            halfMean: Uint8Array;

            /** MergedMoments halfMeanSumSquares. */
            halfMeanSumSquares: Uint8Array;

            /** MergedMoments halfSumSquares. */
            halfSumSquares: Uint8Array;

            /** MergedMoments batches. */
            batches: number;

            /** MergedMoments batchSize. */
            batchSize: number;

            /** MergedMoments batchMeanSumSquares. */
            batchMeanSumSquares: Uint8Array;

            /** MergedMoments chainsCounted. */
            chainsCounted: number;

            /** MergedMoments batchMean. */
            batchMean: Uint8Array;

            /** MergedMoments nonFinite. */
            nonFinite: number;

            /** MergedMoments nested. */
            nested?: (basinet.v1.NestedMoments.$Properties|null);

            /**
             * Creates a new MergedMoments instance using the specified properties.
             * @param [properties] Properties to set
             * @returns MergedMoments instance
             */
            static create(properties: basinet.v1.MergedMoments.$Shape): basinet.v1.MergedMoments & basinet.v1.MergedMoments.$Shape;
            static create(properties?: basinet.v1.MergedMoments.$Properties): basinet.v1.MergedMoments;

            /**
             * Encodes the specified MergedMoments message. Does not implicitly {@link basinet.v1.MergedMoments.verify|verify} messages.
             * @param message MergedMoments message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.MergedMoments.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MergedMoments message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.MergedMoments & basinet.v1.MergedMoments.$Shape} MergedMoments
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.MergedMoments & basinet.v1.MergedMoments.$Shape;

            /**
             * Gets the type url for MergedMoments
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace MergedMoments {

            /** Properties of a MergedMoments. */
            interface $Properties {

                /** MergedMoments size */
                size?: (number|null);

                /** MergedMoments count */
                count?: (number|null);

                /** MergedMoments mean */
                mean?: (Uint8Array|null);

                /** MergedMoments sumSquares */
                sumSquares?: (Uint8Array|null);

                /** MergedMoments halves */
                halves?: (number|null);

                /** MergedMoments halfDraws */
                halfDraws?: (number|null);

                /** MergedMoments halfMean */
                halfMean?: (Uint8Array|null);

                /** MergedMoments halfMeanSumSquares */
                halfMeanSumSquares?: (Uint8Array|null);

                /** MergedMoments halfSumSquares */
                halfSumSquares?: (Uint8Array|null);

                /** MergedMoments batches */
                batches?: (number|null);

                /** MergedMoments batchSize */
                batchSize?: (number|null);

                /** MergedMoments batchMeanSumSquares */
                batchMeanSumSquares?: (Uint8Array|null);

                /** MergedMoments chainsCounted */
                chainsCounted?: (number|null);

                /** MergedMoments batchMean */
                batchMean?: (Uint8Array|null);

                /** MergedMoments nonFinite */
                nonFinite?: (number|null);

                /** MergedMoments nested */
                nested?: (basinet.v1.NestedMoments.$Properties|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MergedMoments. */
            type $Shape = basinet.v1.MergedMoments.$Properties;
        }

        /**
         * Properties of a NestedMoments.
         * @deprecated Use basinet.v1.NestedMoments.$Properties instead.
         */
        interface INestedMoments extends basinet.v1.NestedMoments.$Properties {
        }

        /** Represents a NestedMoments. */
        class NestedMoments {

            /**
             * Constructs a new NestedMoments.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.NestedMoments.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NestedMoments superchains. */
            superchains: number;

            /** NestedMoments mean. */
            mean: Uint8Array;

            /** NestedMoments meanSumSquares. */
            meanSumSquares: Uint8Array;

            /** NestedMoments within. */
            within: Uint8Array;

            /**
             * Creates a new NestedMoments instance using the specified properties.
             * @param [properties] Properties to set
             * @returns NestedMoments instance
             */
            static create(properties: basinet.v1.NestedMoments.$Shape): basinet.v1.NestedMoments & basinet.v1.NestedMoments.$Shape;
            static create(properties?: basinet.v1.NestedMoments.$Properties): basinet.v1.NestedMoments;

            /**
             * Encodes the specified NestedMoments message. Does not implicitly {@link basinet.v1.NestedMoments.verify|verify} messages.
             * @param message NestedMoments message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.NestedMoments.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NestedMoments message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.NestedMoments & basinet.v1.NestedMoments.$Shape} NestedMoments
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.NestedMoments & basinet.v1.NestedMoments.$Shape;

            /**
             * Gets the type url for NestedMoments
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace NestedMoments {

            /** Properties of a NestedMoments. */
            interface $Properties {

                /** NestedMoments superchains */
                superchains?: (number|null);

                /** NestedMoments mean */
                mean?: (Uint8Array|null);

                /** NestedMoments meanSumSquares */
                meanSumSquares?: (Uint8Array|null);

                /** NestedMoments within */
                within?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NestedMoments. */
            type $Shape = basinet.v1.NestedMoments.$Properties;
        }

        /**
         * Properties of a ChainTrace.
         * @deprecated Use basinet.v1.ChainTrace.$Properties instead.
         */
        interface IChainTrace extends basinet.v1.ChainTrace.$Properties {
        }

        /** Represents a ChainTrace. */
        class ChainTrace {

            /**
             * Constructs a new ChainTrace.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.ChainTrace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ChainTrace chain. */
            chain: number;

            /** ChainTrace iteration. */
            iteration: number[];

            /** ChainTrace potentialEnergy. */
            potentialEnergy: number[];

            /** ChainTrace energyError. */
            energyError: number[];

            /** ChainTrace acceptanceRate. */
            acceptanceRate: number[];

            /** ChainTrace divergent. */
            divergent: boolean[];

            /** ChainTrace distanceBefore. */
            distanceBefore: number[];

            /** ChainTrace distanceAfter. */
            distanceAfter: number[];

            /** ChainTrace transpositions. */
            transpositions: number[];

            /** ChainTrace stepSize. */
            stepSize: number[];

            /** ChainTrace leapfrogSteps. */
            leapfrogSteps: number[];

            /** ChainTrace kineticEnergy. */
            kineticEnergy: number[];

            /** ChainTrace warmupIteration. */
            warmupIteration: number[];

            /** ChainTrace warmupPotentialEnergy. */
            warmupPotentialEnergy: number[];

            /** ChainTrace warmupAcceptanceRate. */
            warmupAcceptanceRate: number[];

            /** ChainTrace warmupStepSize. */
            warmupStepSize: number[];

            /** ChainTrace probeMeanNll. */
            probeMeanNll: number;

            /** ChainTrace probeMeanAccuracy. */
            probeMeanAccuracy: number;

            /** ChainTrace relabellings. */
            relabellings: Uint8Array;

            /** ChainTrace devices. */
            devices: basinet.v1.DeviceStretch.$Properties[];

            /**
             * Creates a new ChainTrace instance using the specified properties.
             * @param [properties] Properties to set
             * @returns ChainTrace instance
             */
            static create(properties: basinet.v1.ChainTrace.$Shape): basinet.v1.ChainTrace & basinet.v1.ChainTrace.$Shape;
            static create(properties?: basinet.v1.ChainTrace.$Properties): basinet.v1.ChainTrace;

            /**
             * Encodes the specified ChainTrace message. Does not implicitly {@link basinet.v1.ChainTrace.verify|verify} messages.
             * @param message ChainTrace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.ChainTrace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ChainTrace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.ChainTrace & basinet.v1.ChainTrace.$Shape} ChainTrace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.ChainTrace & basinet.v1.ChainTrace.$Shape;

            /**
             * Gets the type url for ChainTrace
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace ChainTrace {

            /** Properties of a ChainTrace. */
            interface $Properties {

                /** ChainTrace chain */
                chain?: (number|null);

                /** ChainTrace iteration */
                iteration?: (number[]|null);

                /** ChainTrace potentialEnergy */
                potentialEnergy?: (number[]|null);

                /** ChainTrace energyError */
                energyError?: (number[]|null);

                /** ChainTrace acceptanceRate */
                acceptanceRate?: (number[]|null);

                /** ChainTrace divergent */
                divergent?: (boolean[]|null);

                /** ChainTrace distanceBefore */
                distanceBefore?: (number[]|null);

                /** ChainTrace distanceAfter */
                distanceAfter?: (number[]|null);

                /** ChainTrace transpositions */
                transpositions?: (number[]|null);

                /** ChainTrace stepSize */
                stepSize?: (number[]|null);

                /** ChainTrace leapfrogSteps */
                leapfrogSteps?: (number[]|null);

                /** ChainTrace kineticEnergy */
                kineticEnergy?: (number[]|null);

                /** ChainTrace warmupIteration */
                warmupIteration?: (number[]|null);

                /** ChainTrace warmupPotentialEnergy */
                warmupPotentialEnergy?: (number[]|null);

                /** ChainTrace warmupAcceptanceRate */
                warmupAcceptanceRate?: (number[]|null);

                /** ChainTrace warmupStepSize */
                warmupStepSize?: (number[]|null);

                /** ChainTrace probeMeanNll */
                probeMeanNll?: (number|null);

                /** ChainTrace probeMeanAccuracy */
                probeMeanAccuracy?: (number|null);

                /** ChainTrace relabellings */
                relabellings?: (Uint8Array|null);

                /** ChainTrace devices */
                devices?: (basinet.v1.DeviceStretch.$Properties[]|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ChainTrace. */
            type $Shape = basinet.v1.ChainTrace.$Properties;
        }

        /**
         * Properties of a DeviceStretch.
         * @deprecated Use basinet.v1.DeviceStretch.$Properties instead.
         */
        interface IDeviceStretch extends basinet.v1.DeviceStretch.$Properties {
        }

        /** Represents a DeviceStretch. */
        class DeviceStretch {

            /**
             * Constructs a new DeviceStretch.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.DeviceStretch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DeviceStretch iteration. */
            iteration: number;

            /** DeviceStretch deviceClass. */
            deviceClass: string;

            /**
             * Creates a new DeviceStretch instance using the specified properties.
             * @param [properties] Properties to set
             * @returns DeviceStretch instance
             */
            static create(properties: basinet.v1.DeviceStretch.$Shape): basinet.v1.DeviceStretch & basinet.v1.DeviceStretch.$Shape;
            static create(properties?: basinet.v1.DeviceStretch.$Properties): basinet.v1.DeviceStretch;

            /**
             * Encodes the specified DeviceStretch message. Does not implicitly {@link basinet.v1.DeviceStretch.verify|verify} messages.
             * @param message DeviceStretch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.DeviceStretch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DeviceStretch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.DeviceStretch & basinet.v1.DeviceStretch.$Shape} DeviceStretch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.DeviceStretch & basinet.v1.DeviceStretch.$Shape;

            /**
             * Gets the type url for DeviceStretch
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace DeviceStretch {

            /** Properties of a DeviceStretch. */
            interface $Properties {

                /** DeviceStretch iteration */
                iteration?: (number|null);

                /** DeviceStretch deviceClass */
                deviceClass?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DeviceStretch. */
            type $Shape = basinet.v1.DeviceStretch.$Properties;
        }

        /**
         * Properties of a QuarantinedSlot.
         * @deprecated Use basinet.v1.QuarantinedSlot.$Properties instead.
         */
        interface IQuarantinedSlot extends basinet.v1.QuarantinedSlot.$Properties {
        }

        /** Represents a QuarantinedSlot. */
        class QuarantinedSlot {

            /**
             * Constructs a new QuarantinedSlot.
             * @param [properties] Properties to set
             */
            constructor(properties?: basinet.v1.QuarantinedSlot.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** QuarantinedSlot subject. */
            subject: string;

            /** QuarantinedSlot streamSequence. */
            streamSequence: number;

            /** QuarantinedSlot reason. */
            reason: string;

            /**
             * Creates a new QuarantinedSlot instance using the specified properties.
             * @param [properties] Properties to set
             * @returns QuarantinedSlot instance
             */
            static create(properties: basinet.v1.QuarantinedSlot.$Shape): basinet.v1.QuarantinedSlot & basinet.v1.QuarantinedSlot.$Shape;
            static create(properties?: basinet.v1.QuarantinedSlot.$Properties): basinet.v1.QuarantinedSlot;

            /**
             * Encodes the specified QuarantinedSlot message. Does not implicitly {@link basinet.v1.QuarantinedSlot.verify|verify} messages.
             * @param message QuarantinedSlot message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: basinet.v1.QuarantinedSlot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a QuarantinedSlot message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {basinet.v1.QuarantinedSlot & basinet.v1.QuarantinedSlot.$Shape} QuarantinedSlot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): basinet.v1.QuarantinedSlot & basinet.v1.QuarantinedSlot.$Shape;

            /**
             * Gets the type url for QuarantinedSlot
             * @param [prefix] Custom type url prefix, defaults to `"type.googleapis.com"`
             * @returns The type url
             */
            static getTypeUrl(prefix?: string): string;
        }

        namespace QuarantinedSlot {

            /** Properties of a QuarantinedSlot. */
            interface $Properties {

                /** QuarantinedSlot subject */
                subject?: (string|null);

                /** QuarantinedSlot streamSequence */
                streamSequence?: (number|null);

                /** QuarantinedSlot reason */
                reason?: (string|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a QuarantinedSlot. */
            type $Shape = basinet.v1.QuarantinedSlot.$Properties;
        }
    }
}
