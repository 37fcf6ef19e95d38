"""The rows of the shop's never-list, each with sentences that break it and sentences that do not."""

CAUGHT = {
    "cures": (
        "A remedy for a stiff back.", "The curative belt.", "Healing warmth for sore muscles.",
        "Restores your spine.", "A natural treatment for back pain.", "Treating back pain at home.",
        "The posture corrector you need.", "Get rid of pain.", "Ends back pain.",
        "Correction of your posture.", "A quick fix.", "Repaired my discs.",
    ),
    "will": (
        "This wrap will help your back pain.", "A band that will strengthen your back.",
        "Stops back pain.",
    ),
    "proven": (
        "Studies prove that it works.", "We guarantee you will like it.", "It never fails.",
        "No risk at all.", "Works instantly.", "Relief in minutes.", "100% effective.",
        "Permanently removes pain.", "Like magic for your shoulders.", "Pain-free in 7 days.",
    ),
    "prevents": (
        "Prevention of back pain starts here.", "An injury-preventing belt.", "It protects your spine.",
        "Guards against strains.", "Wards off pain.", "Keeps pain away.", "Pain prevention for lifters.",
        "Protecting the lower back as you lift.",
    ),
    "doctor recommended": (
        "Therapist-approved.", "Trusted by physical therapists.", "Doctors recommend this belt.",
        "Clinical-strength warmth.", "Clinically tested.", "Designed by chiropractors.",
        "Hospital grade.", "Physiotherapist recommended.",
    ),
    "approved": (
        "An FDA-cleared wrap.", "FDA listed.", "Registered with the FDA.", "MHRA registered.",
        "CE certified.", "Has FDA approval.",
    ),
    "replaces care": (
        "A substitute for physical therapy.", "An alternative to surgery.", "Skip your doctor.",
        "Relief without pills.", "Drug-free relief.", "Use it instead of painkillers.",
        "Throw away your pills.", "Replacing your medicine.",
    ),
    "disease": (
        "A belt for sciatica.", "Sciatica relief.", "The arthritis wrap.", "Helps people with scoliosis.",
        "Soothes a stiff back. Eases osteoarthritis.", "For herniated discs.",
        "Relieving your pinched nerve.", "A roller for fibromyalgia.",
    ),
    "body claims": (
        "Reduces swelling.", "Fighting inflammation.", "Detox your muscles.", "Removes toxins.",
        "Breaking up adhesions.", "Dissolves scar tissue.", "A fascia releaser.", "For better posture.",
        "Realigning the spine.", "Spinal alignment at home.", "Decompresses your spine.",
        "Increases blood flow.", "A circulation booster.", "Speeds up recovery.",
        "An anti-inflammatory wrap.", "Improving your posture.",
    ),
    "endorsed": (
        "Recommended by the NHS.", "NICE recommends this belt.", "WHO-endorsed.",
        "Cochrane backs our bands.", "Made to NHS standards.", "Certified by the FDA.",
    ),
    "fsa": (
        "FSA approved.", "HSA-covered.", "Eligible for your FSA.", "Get a letter and buy this.",
        "Pay with pre-tax dollars.", "HSA accepted.",
    ),
    "grade a": (
        "Graded A.", "Grade: A", "An A for evidence.", "A-rated band.", "An A badge.", "Highest grade.",
        "Evidence A+.", "Graded as A.", "Best evidence.",
    ),
    "safe": (
        "Safe for anyone.", "Suitable for everyone.", "Absolutely safe.", "Completely harmless.",
        "Zero side effects.", "Free from side effects.", "Anyone can use it.", "It cannot hurt you.",
        "100% safe.",
    ),
    "urgency": (
        "Hurry, the sale ends soon.", "Only 3 left.", "While supplies last.", "Last chance.",
        "A limited-time offer.", "Before and after photos.",
    ),
}  # fmt: skip
PASSES = {
    "cures": (
        "Rest is not a remedy.", "It beat a dummy treatment for back pain.", "It does not fix posture.",
        "A strap fixes the band to a door.", "Secure the wrap with the ties.",
        "The treatment was 6 weeks of exercise.",
    ),
    "will": (
        "It will arrive in 3 days.", "A therapist will help you choose.",
        "Heat may ease new back pain a little.", "It will not stop your pain.",
    ),
    "proven": (
        "Not proven to help.", "Click the disc for instant warmth.", "An instant cold pack for travel.",
        "Some risk factors can be changed.", "Made of 100% cotton.", "We promise nothing.",
    ),
    "prevents": (
        "Nothing we sell is shown to prevent back pain.",
        "We cannot promise that it keeps back pain away.", "It is not protective equipment.",
        "Exercise with education lowers the chance of a new episode.",
        "The cover protects the pack from water.",
    ),
    "doctor recommended": (
        "Ask a doctor first.", "Only use one if a clinician has suggested it.",
        "A grade 8 reader can follow it.", "A licensed physical therapist can show you how.",
    ),
    "approved": (
        "Device class: general consumer product.", "The FDA keeps a list of recalls.",
        "Your plan approved it.",
    ),
    "replaces care": (
        "Use it alongside care.", "It does not replace a therapist.", "Replace the pack after a year.",
        "Ask before you stop a medicine.", "Not an alternative to surgery.",
    ),
    "disease": (
        "Pain down the leg (sciatica).", "Read about sciatica.", "For the lower back and hips.",
        "Ask first if you have arthritis.", "Not for sciatica.",
    ),
    "body claims": (
        "Feels warm on the skin.", "Anti-inflammatory tablets can harm your stomach.",
        "It does not align the spine.", "A posture reminder strap.", "Do not use it on swelling.",
        "Myofascial release is a kind of massage.",
    ),
    "endorsed": (
        "NICE says do not offer belts.", "NICE recommends exercise.",
        "Cochrane found belts do not prevent back pain.", "The NHS has a page on back pain.",
        "Those who use it ask first.",
    ),
    "fsa": (
        "May be eligible. Check with your plan.", "May be HSA eligible. Check with your plan.",
        "Ask your plan about FSA rules.",
    ),
    "grade a": (
        "Exercise: good evidence it helps a bit (A).", "A good grade of foam.",
        "The grade is about exercise.", "We show a grade in words.", "Rated for 120 kg.",
        "Grade a slope before you walk it.",
    ),
    "safe": (
        "Not everyone can use it.", "Neither is safe on numb skin.",
        "Side effects were rare in one trial.", "It is not completely safe.", "Keep it in a safe place.",
    ),
    "urgency": (
        "Do not hurry.", "Low stock", "In stock", "Stop if you feel worse before and after exercise.",
    ),
}  # fmt: skip
